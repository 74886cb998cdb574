import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type Person, useStack } from "../../../tests/support/stack.ts";
import { callPrompts, makeTemplate } from "./testing/prompts-client.ts";

const stack = useStack();

async function nameOf({ client }: Person, id: string): Promise<string> {
  const { data } = await client
    .from("prompt_templates")
    .select("name")
    .eq("id", id)
    .single<{ name: string }>();
  return data!.name;
}

test("a version that includes another is activated, and one that includes nothing known is not", async () => {
  const owner = await stack.signUp();
  const tone = await nameOf(owner, await makeTemplate(owner, "Be {{ mood }}."));
  const template_id = await makeTemplate(owner, `{% include "${tone}" %}`, `{% include "${tone}-not" %}`);
  const activate = (version: number) =>
    callPrompts(stack, "/activate", { token: owner.accessToken, body: { template_id, version } });
  const [good, bad] = [await activate(1), await activate(2)];
  expect([good.status, good.body.active_version]).toEqual([200, 1]);
  expect([bad.status, bad.body.error.code]).toEqual([422, "lint_failed"]);
  expect(bad.body.lint_report.findings).toMatchObject([{ rule: "unknown-include", line: 1, column: 12 }]);
});

test("a circle is refused when it is to be saved, and shown in a draft before", async () => {
  const owner = await stack.signUp();
  const a = await makeTemplate(owner, "x");
  const b = await makeTemplate(owner, `{% include "${await nameOf(owner, a)}" %}`);
  const messages = [{ role: "user", content: `{% include "${await nameOf(owner, b)}" %}` }];
  const shown = await callPrompts(stack, "/lint", {
    token: owner.accessToken,
    body: { template_id: a, messages },
  });
  expect(shown.body.findings).toMatchObject([{ rule: "include-cycle", level: "error" }]);
  const { error } = await owner.client.rpc("save_version", { template_id: a, messages });
  expect([error?.code, error?.message]).toEqual([
    "NM026",
    `"${await nameOf(owner, a)}" includes "${await nameOf(owner, b)}", which leads back to it.`,
  ]);
});

test("a saved version is tried with the includes it was saved with, the same text as a draft with today's", async () => {
  const owner = await stack.signUp();
  const included = await makeTemplate(owner, "Be {{ mood }}.");
  const messages = [{ role: "user", content: `{% include "${await nameOf(owner, included)}" %}` }];
  const template_id = await makeTemplate(owner);
  const config = { model: "fake-gpt" };
  await owner.client.rpc("save_version", { template_id, messages, config }).throwOnError();
  const newer = [{ role: "user", content: "Be {{ mood }} and brief." }];
  await owner.client.rpc("save_version", { template_id: included, messages: newer }).throwOnError();
  const mood = randomUUID();
  for (const of of [{ version: 1 }, { messages, config }]) {
    const body = { template_id, ...of, variables: { mood }, stream: false };
    const { status } = await callPrompts(stack, "/playground", { token: owner.accessToken, body });
    expect(status).toBe(200);
  }
  const sent = await stack.provider.requests(mood);
  expect(sent.map(({ body }) => JSON.parse(body).messages[0].content)).toEqual([
    `Be ${mood}.`,
    `Be ${mood} and brief.`,
  ]);
});

test("a draft is tried with what it would include, and never with another organization's", async () => {
  const [owner, stranger] = [await stack.signUp(), await stack.signUp()];
  const tone = await nameOf(owner, await makeTemplate(owner, "Be {{ mood }}."));
  const attempt = async (person: Person) =>
    callPrompts(stack, "/playground", {
      token: person.accessToken,
      body: {
        template_id: await makeTemplate(person),
        messages: [{ role: "user", content: `{% include "${tone}" %}` }],
        config: { model: "fake-gpt" },
        variables: { mood: "kind" },
        stream: false,
      },
    });
  const tried = await attempt(owner);
  expect([tried.status, tried.text.includes("Be kind.")]).toEqual([200, true]);
  const foreign = await attempt(stranger);
  expect([foreign.status, foreign.body.error.code]).toEqual([422, "prompt_variables_unknown"]);
});
