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

test("the result can be posted from a worker", () => {
  expect(() => structuredClone(preview(input))).not.toThrow();
});
