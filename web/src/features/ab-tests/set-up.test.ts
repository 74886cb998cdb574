import { expect, test } from "vitest";
import { breachSentence, guardrailSentence, readBound, typedBound } from "./guardrails.ts";
import { evenSplit, newSetUp, readSetUp, setUpOf } from "./set-up.ts";

const setUp = { ...newSetUp({ active_version: 1, latest_version: 3 }), name: "A question" };

test("a new set-up tries the newest version against the active one, with the error rate guarded", () => {
  const read = readSetUp(setUp);
  expect(read).toEqual({
    ok: true,
    test: {
      name: "A question",
      variants: [
        { version: 1, weight: 5000 },
        { version: 3, weight: 5000 },
      ],
      assign_by: "request",
      primary_metric: "quality",
      guardrails: [{ metric: "error_rate", worse_than_control_by: 0.05, min_count: 100 }],
      minimum_detectable_effect: 0.05,
    },
  });
});

test("everything that is wrong is said at once, field by field", () => {
  const guardrails = setUp.guardrails.map((one) => ({ ...one, typed: "-1" }));
  const read = readSetUp({ ...setUp, name: " ", split: "60/41", effect: "none", guardrails });
  expect(read.ok ? [] : Object.keys(read.problems).sort()).toEqual(["effect", "guardrails", "name", "split"]);
});

test("a split that names another number of variants is refused", () => {
  const read = readSetUp({ ...setUp, split: "33/33/34" });
  expect(read).toMatchObject({ ok: false, problems: { split: expect.stringContaining("2 variants") } });
});

test.each([
  [2, "50/50"],
  [3, "33/33/34"],
  [7, "14/14/14/14/14/15/15"],
  [10, "10/10/10/10/10/10/10/10/10/10"],
])("%i variants are split evenly as %s", (variants, split) => expect(evenSplit(variants)).toBe(split));

test("what was drafted comes back into the fields as it was typed, and out again unchanged", () => {
  const variants = [
    { letter: "A", version: 2, weight: 3333 },
    { letter: "B", version: 1, weight: 3333 },
    { letter: "C", version: 3, weight: 3334 },
  ];
  const guardrails = [{ metric: "cost", worse_than_control_by: 0.07, min_count: 50 } as const];
  const draft = {
    name: "Thirds",
    variants,
    guardrails,
    assign_by: "subject",
    primary_metric: "cost",
    minimum_detectable_effect: 0.07,
  };
  const fields = setUpOf(draft as never);
  expect(fields).toMatchObject({
    split: "33/33/34",
    effect: "7",
    guardrails: [{ typed: "7", minCount: "50" }],
  });
  const read = readSetUp(fields);
  expect(read.ok && read.test).toEqual({
    ...draft,
    variants: variants.map(({ version, weight }) => ({ version, weight })),
  });
});

test.each([
  ["error_rate", "limit", "20", 0.2, "error rate above 20 %"],
  ["error_rate", "worse_than_control_by", "5", 0.05, "error rate more than 5 points above A"],
  ["quality", "limit", "0.6", 0.6, "quality below 0.6"],
  ["cost", "limit", "0.002", 2_000_000, "cost above $0.002 per request"],
  ["latency_p95", "limit", "800", 800, "p95 latency above 800 ms"],
  ["tokens", "worse_than_control_by", "7", 0.07, "tokens more than 7 % above A"],
] as const)("a bound on %s, %s, typed as %s is %d", (metric, bound, typed, value, sentence) => {
  expect(readBound(metric, bound, typed)).toBe(value);
  expect(typedBound({ metric, [bound]: value })).toEqual({ bound, typed });
  expect(guardrailSentence({ metric, [bound]: value })).toBe(sentence);
});

test("a breach is told with what was measured and what was allowed", () => {
  const guardrail = { metric: "error_rate", limit: 0.2 } as const;
  expect(breachSentence({ guardrail, count: 60, measured: 0.4 })).toBe(
    "Error rate 40 % over 60 requests; the guardrail is error rate above 20 %.",
  );
  expect(
    breachSentence({ guardrail: { metric: "latency_p95", limit: 800 }, count: 300, measured: 0.12 }),
  ).toBe(
    "12 % of 300 requests above the limit, where 5 % may be; the guardrail is p95 latency above 800 ms.",
  );
});
