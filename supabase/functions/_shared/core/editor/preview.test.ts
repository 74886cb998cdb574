import { expect, test } from "vitest";
import { loadTokenCounter } from "../tokens/count-tokens.ts";
import { preview } from "./preview.ts";

const input = {
  messages: [
    { role: "system", content: "Be kind. Answer about <topic>{{ topic }}</topic>." },
    { role: "user", content: "{{ question }}" },
  ],
  contract: { variables: { topic: { example: "tea" }, question: { default: "Why?" } } },
};

test("a draft is linted, rendered with examples and defaults, and counted in one call", async () => {
  const tokens = await loadTokenCounter("gpt-4o");
  const shown = preview(input, { tokens });
  expect(shown.report.passed).toBe(true);
  expect(shown.rendered?.map(({ content }) => content)).toEqual([
    "Be kind. Answer about <topic>tea</topic>.",
    "Why?",
  ]);
  expect([shown.error, shown.tokens]).toEqual([null, tokens.countMessages(shown.rendered ?? [])]);
  expect(shown.cacheable.firstVarying?.name).toBe("topic");
  expect(shown.variables.map(({ name }) => name)).toEqual(["topic", "question"]);
});

test("given values win over examples, and what is still missing is named", () => {
  expect(preview({ ...input, variables: { topic: "coffee" } }).rendered?.[0]?.content).toContain("coffee");
  const { rendered, error } = preview({ messages: [{ role: "user", content: "{{ a }}{{ b }}" }] });
  expect([rendered, error?.code, error?.names]).toEqual([null, "prompt_variables_missing", ["a", "b"]]);
});

test("a draft that does not parse, or is no prompt at all, is shown without a rendering", () => {
  const broken = preview({ messages: [{ role: "user", content: "a\n{{ b" }] });
  expect([broken.rendered, broken.error?.code, broken.error?.line]).toEqual([null, "syntax_error", 2]);
  for (const messages of [undefined, [], [{ role: "user", content: 3 }], "text"]) {
    expect(preview({ messages }).rendered).toBeNull();
  }
});

test("what goes wrong in an included template is told with its name, and where the draft includes it", () => {
  const tone = { template_id: "tpl_tone", version: 1 };
  const saved = { ...tone, name: "tone", messages: [{ role: "system", content: "a\n{{ 1 / 0 }}" }] };
  const { error } = preview({
    messages: [{ role: "user", content: "{% include 'tone' %}" }],
    includes: { pins: { tone }, versions: [{ ...saved, contract: {}, pins: {} }] },
  });
  expect(error).toMatchObject({ code: "zero_division_error", template: "tone", line: 2, column: 6 });
  expect(error?.place).toBe('line 2, column 6 of "tone", included at line 1, column 12');
});

test("the result can be posted from a worker", () => {
  expect(() => structuredClone(preview(input))).not.toThrow();
});
