import { expect, test } from "vitest";
import { type Person, useStack } from "../../../tests/support/stack.ts";
import { asPerson, call, leftBy, makeTemplate, saveVersion } from "./testing/recommendations-client.ts";
import { useQueue } from "./testing/use-queue.ts";

const stack = useStack();
useQueue(stack, "with others");
const PROMPT =
  "Please summarise the text. The summary should be written in English. Give a few examples of {{ topic }}.";

/** A job of the rules, waiting for its turn. */
const requested = async (owner: Person): Promise<{ id: string }> =>
  (await call(stack, "/request", { template_id: await makeTemplate(owner, PROMPT) }, asPerson(owner))).body;

test("asked, run and read: the rules' suggestions, each open, with evidence at its place and a diff", async () => {
  const owner = await stack.signUp();
  const template_id = await makeTemplate(owner, PROMPT);
  const asked = await call(stack, "/request", { template_id }, asPerson(owner));
  expect([asked.status, asked.body.state]).toEqual([200, "queued"]);
  const ran = await call(stack, "/run", { job_id: asked.body.id }, asPerson(owner));
  expect(ran.body).toMatchObject({ id: asked.body.id, state: "succeeded" });
  const { made, charges } = await leftBy(owner, asked.body.id);
  expect(charges).toEqual([]);
  expect(made.map((one) => one.kind)).toEqual(
    expect.arrayContaining([
      "passive-voice",
      "filler",
      "vague-quantifier",
      "missing-role",
      "token-reduction",
    ]),
  );
  for (const one of made) {
    expect(one).toMatchObject({ state: "open", layer: "analyser", source_version: 1 });
    for (const { start, end, text } of one.evidence) expect(text).toBe(PROMPT.slice(start, end));
    expect(one.proposed_messages === null).toBe(one.diff === null);
  }
  const saving = made.find((one) => one.kind === "token-reduction")!;
  expect(saving.proposed_messages[0].content).toBe(
    "Summarise the text. Write the summary in English. Give a few examples of {{ topic }}.",
  );
  expect(saving.predicted_effect.tokens.percent).toBeGreaterThan(0);
});

test("with the fake provider nothing is judged, nothing is charged, and the job says so", async () => {
  const owner = await stack.signUp();
  const template_id = await makeTemplate(owner, PROMPT);
  const estimate = await call(
    stack,
    "/estimate",
    { template_id, kinds: ["rules", "clarity"] },
    asPerson(owner),
  );
  expect(estimate.body).toMatchObject({
    label: "estimate",
    version: 1,
    provider: { configured: true, is_fake: true },
  });
  expect(estimate.body.high_nanousd).toBeGreaterThan(estimate.body.low_nanousd);
  const request = { template_id, kinds: ["rules", "clarity"], max_cost_nanousd: estimate.body.high_nanousd };
  const { body: job } = await call(stack, "/request", request, asPerson(owner));
  await call(stack, "/run", { job_id: job.id }, asPerson(owner));
  const { data } = await owner.client
    .from("recommendation_jobs")
    .select("state, reason, judgements, model, cost_nanousd")
    .eq("id", job.id)
    .single();
  expect(data).toMatchObject({ state: "succeeded", judgements: 0, model: null, cost_nanousd: null });
  expect(data!.reason).toMatch(/Only the fake provider.*no judgements.*rules alone/);
  const { made, charges } = await leftBy(owner, job.id);
  expect([new Set(made.map((one) => one.layer)), charges]).toEqual([new Set(["analyser"]), []]);
});

test("a waiting job is cancelled, and cannot be run after", async () => {
  const owner = await stack.signUp();
  const job = await requested(owner);
  expect((await call(stack, "/cancel", { job_id: job.id }, asPerson(owner))).body.state).toBe("cancelled");
  await call(stack, "/run", { job_id: job.id }, asPerson(owner));
  expect((await leftBy(owner, job.id)).made).toEqual([]);
});

test("a superseded rewrite is carried over where the text around it is the same, and refused where it is not", async () => {
  const owner = await stack.signUp();
  const template_id = await makeTemplate(owner, `${PROMPT}\n\nFirst.\n\nSecond.`);
  const { body: job } = await call(stack, "/request", { template_id }, asPerson(owner));
  await call(stack, "/run", { job_id: job.id }, asPerson(owner));
  const old = (await leftBy(owner, job.id)).made.find((one) => one.kind === "token-reduction")!;
  await saveVersion(owner, template_id, `${PROMPT}\n\nFirst.\n\nThe second.`);
  const carried = await call(stack, "/rebase", { recommendation_id: old.id }, asPerson(owner));
  expect(carried.body).toMatchObject({ state: "open", source_version: 2, rebased_from: old.id });
  expect(carried.body.proposed_messages[0].content).toMatch(/^Summarise the text\..*The second\.$/s);
  await saveVersion(owner, template_id, "Something else, with {{ topic }}.");
  const refused = await call(stack, "/rebase", { recommendation_id: old.id }, asPerson(owner));
  expect([refused.status, refused.body.error.code]).toEqual([409, "rebase_conflict"]);
});

test("strangers and viewers are refused, and a stranger cannot tell a foreign thing from a missing one", async () => {
  const owner = await stack.signUp();
  const stranger = await stack.signUp();
  const template_id = await makeTemplate(owner, PROMPT);
  const { body: job } = await call(stack, "/request", { template_id }, asPerson(owner));
  const missing = { template_id: "tpl_0123456789abcdef", job_id: "00000000-0000-4000-8000-000000000000" };
  for (const [path, name] of [
    ["/estimate", "template_id"],
    ["/request", "template_id"],
    ["/run", "job_id"],
    ["/cancel", "job_id"],
  ] as const) {
    const theirs = { template_id, job_id: job.id }[name];
    const foreign = await call(stack, path, { [name]: theirs }, asPerson(stranger));
    const absent = await call(stack, path, { [name]: missing[name] }, asPerson(stranger));
    expect([path, foreign.status]).toEqual([path, 404]);
    expect(foreign.body).toEqual(absent.body);
  }
});

test.each([
  ["/estimate", {}, 400],
  ["/estimate", { template_id: "x", version: 0 }, 400],
  ["/request", { template_id: "x", kinds: ["magic"] }, 400],
  ["/run", {}, 400],
  ["/nowhere", {}, 404],
])("%s with %j is %i", async (path, body, status) => {
  const owner = await stack.signUp();
  expect((await call(stack, path, body, asPerson(owner))).status).toBe(status);
});

test("without a session, with a wrong key or with another function's key nobody is signed in", async () => {
  for (const headers of [
    {},
    { authorization: "Bearer nemo_sk_x" },
    { apikey: stack.publishableKey },
    { apikey: `${stack.secretKey}x` },
  ] as Record<string, string>[])
    for (const path of ["/run", "/request"])
      expect((await call(stack, path, { job_id: "x" }, headers)).status).toBe(401);
});
