import { expect, test } from "vitest";
import { snippets } from "./snippets.ts";

const input = {
  baseUrl: "https://x.supabase.co/functions/v1/gateway/v1",
  apiKey: "nemo_sk_test",
  template: "tpl_1",
  model: "nemo",
  variables: { role: 'the "best" agent', order: { id: 4711, items: [true] } },
};

test.each(snippets.map((snippet) => [snippet.name, snippet] as const))(
  "the call in %s carries the address, the key, the template, the model and the escaped variables",
  (_name, snippet) => {
    const code = snippet.code(input);
    for (const part of [input.baseUrl, input.apiKey, "tpl_1", '"nemo"', 'the \\"best\\" agent', "4711"]) {
      expect(code).toContain(part);
    }
  },
);

test("there are nine languages", () => expect(snippets).toHaveLength(9));
