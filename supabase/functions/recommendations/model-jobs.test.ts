import { afterAll, beforeAll, expect, test } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { BETTER, PROMPT } from "./testing/clerk-prompt.ts";
import { type OwnWorker, type Script, startOwnWorker } from "./testing/own-worker.ts";
import { leftBy, makeTemplate } from "./testing/recommendations-client.ts";
import { type Asked, purpose, rewriteTo, verdict } from "./testing/scripted-provider.ts";
import { useQueue } from "./testing/use-queue.ts";

const stack = useStack();
useQueue(stack, "with others");

let worker: OwnWorker;
beforeAll(async () => {
  worker = await startOwnWorker(stack);
});
afterAll(() => worker.stop());

/** Runs a clarity job on `prompt` with a provider that follows `script`. */
async function run(script: Script, { prompt = PROMPT, request = {} } = {}) {
  worker.follow(script);
  const owner = await stack.signUp();
  const job = await worker.run(owner, await makeTemplate(owner, prompt), request);
  return { job, owner, ...(await leftBy(owner, job.id)) };
}

/** Rewrites well; judges by `judge`. */
const writer = (judge: (asked: Asked) => string) => (asked: Asked) =>
  purpose(asked) === "rewrite"
    ? rewriteTo(BETTER)
    : purpose(asked) === "verdict"
      ? verdict(judge(asked))
      : "An answer.";

test("a checked rewrite is stored with tokens, a range from rubric and judge, and is charged once", async () => {
  const { job, made, charges } = await run(writer(() => "tie"));
  expect(job).toMatchObject({ state: "succeeded", made: 1, judgements: 4, model: "gpt-4o-mini" });
  expect(made).toMatchObject([
    {
      layer: "model",
      kind: "clarity",
      state: "open",
      proposed_messages: [{ role: "system", content: BETTER }],
    },
  ]);
  expect(made[0].predicted_effect).toMatchObject({
    label: "estimate",
    tokens: { exact: true, counted_on: "rendered samples" },
    quality: [
      { label: "estimate", method: "rubric", judgements: 0 },
      { label: "estimate", method: "judge", judgements: 4 },
    ],
  });
  for (const { low, high } of made[0].predicted_effect.quality) expect(low).toBeLessThanOrEqual(high);
  // 7 calls of 100 and 10 tokens at $0.15 and $0.60 per million.
  expect(charges).toEqual([{ amount_nanousd: -147_000 }]);
});

test("a judge that looks at the place and not at the answer moves nothing", async () => {
  const { made } = await run(writer(() => "first"));
  const [, judged] = made[0].predicted_effect.quality;
  expect(judged.low).toBe(-judged.high);
});

test("a judge that holds to one answer in both orders moves the range", async () => {
  let answers = 0;
  const { made } = await run((asked) => {
    if (purpose(asked) === "rewrite") return rewriteTo(BETTER);
    if (purpose(asked) === "answer") return ++answers === 1 ? "OLD" : "NEW";
    const text = asked.messages[1]!.content;
    return verdict(text.indexOf("NEW") < text.indexOf("OLD") ? "first" : "second");
  });
  const [, judged] = made[0].predicted_effect.quality;
  expect([judged.low, judged.high]).toEqual([-59, 100]);
});

test("a rewrite that drops a variable is sent back, and the repaired one is taken", async () => {
  let tries = 0;
  const { made } = await run((asked) => {
    if (purpose(asked) !== "rewrite") return purpose(asked) === "verdict" ? verdict("tie") : "An answer.";
    return ++tries === 1 ? rewriteTo(BETTER.replace("{{ question }}", "it")) : rewriteTo(BETTER);
  });
  expect(made).toHaveLength(1);
  const second = worker.asked.filter((asked) => purpose(asked) === "rewrite")[1]!;
  expect(second.messages.at(-1)!.content).toMatch(/Keep every \{\{ \}\} and \{% %\}/);
});

test("no call is made that could cost more than was agreed", async () => {
  const limit = 450_000;
  const { job, charges } = await run(
    writer(() => "tie"),
    { request: { max_cost_nanousd: limit } },
  );
  // The rewrite is within it; an answer of up to 800 tokens on top might not be.
  expect(job.reason).toMatch(/No judgement of the rewrite: One more call could cost more than was agreed/);
  expect(worker.asked.map(purpose)).toEqual(["rewrite"]);
  expect(charges).toEqual([{ amount_nanousd: -21_000 }]);
  const free = await run(
    writer(() => "tie"),
    { request: { max_cost_nanousd: 0 } },
  );
  expect(free.job.reason).toMatch(/No cost was agreed to/);
  expect(worker.asked).toEqual([]);
});
