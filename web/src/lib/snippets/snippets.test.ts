import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { snippets } from "./snippets.ts";

const input = {
  baseUrl: "https://x.supabase.co/functions/v1/gateway/v1",
  apiKey: "nemo_sk_test",
  template: "tpl_1",
  model: "nemo",
  variables: { role: 'the "best" agent', order: { id: 4711, items: [true] } },
};
const byName = snippets.map((snippet) => [snippet.name, snippet] as const);

test.each(byName)(
  "the call in %s carries the address, the key, the template, the model and the escaped variables",
  (_name, snippet) => {
    const code = snippet.code(input);
    for (const part of [input.baseUrl, input.apiKey, "tpl_1", '"nemo"', 'the \\"best\\" agent', "4711"]) {
      expect(code).toContain(part);
    }
  },
);

// NEMO_UPDATE_EXAMPLES=1 writes them anew.
test.each(byName)("the program in %s is the one in examples/, which is run", (_name, snippet) => {
  const file = new URL(`../../../../examples/${snippet.file}`, import.meta.url);
  const program = `${snippet.code({
    baseUrl: { env: "NEMO_GATEWAY_URL" },
    apiKey: { env: "NEMO_API_KEY" },
    template: "support-agent",
    model: "nemo",
    variables: { role: "a support agent" },
  })}\n`;
  if (process.env.NEMO_UPDATE_EXAMPLES) writeFileSync(file, program);
  expect(readFileSync(file, "utf8")).toBe(program);
});

test("there are nine languages", () => expect(snippets).toHaveLength(9));
