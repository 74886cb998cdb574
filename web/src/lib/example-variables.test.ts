import { checkVariables } from "@core/prompt/check-variables.ts";
import { preparePrompt } from "@core/prompt/prepare-prompt.ts";
import { expect, test } from "vitest";
import { exampleVariables } from "./example-variables.ts";

const system = (content: string) => [{ role: "system", content }] as const;

test("what callers must give, by the form the text shows; what they may leave out is left out", () => {
  const messages = system(
    `{{ shop }} {{ lang | default("English") }} {{ order.id }} {% for item in items %}{{ item.name }}{% endfor %}`,
  );
  expect(exampleVariables({ messages })).toEqual({
    shop: "<shop>",
    order: { id: "<id>" },
    items: [{ name: "<name>" }],
  });
});

test("the author's example and type count before the text", () => {
  const messages = system("{{ role }} {{ count }} {{ tags }}");
  const contract = {
    variables: { role: { example: "concierge" }, count: { type: "number" }, tags: { type: "list" } },
  } as const;
  expect(exampleVariables({ messages, contract })).toEqual({ role: "concierge", count: 1, tags: ["<tags>"] });
});

test("a call with them is never refused for its variables", () => {
  const source = {
    messages: system("{{ a }} {{ b.c.d }} {% for x in l %}{{ x }}{% endfor %} {{ n }}"),
    contract: { variables: { n: { type: "number" }, o: { required: true, type: "object" } } },
  } as const;
  expect(() => checkVariables(preparePrompt(source), exampleVariables(source))).not.toThrow();
});

test("a text that does not parse asks for nothing", () => {
  expect(exampleVariables({ messages: system("{% if %}") })).toEqual({});
});
