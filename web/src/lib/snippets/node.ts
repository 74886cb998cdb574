import { dialects, literal } from "./literal.ts";
import { placeIn, question, quoted, type Snippet } from "./snippet.ts";

const place = placeIn((name) => `process.env.${name}`);

export const node: Snippet = {
  id: "node",
  name: "Node",
  install: "npm install openai",
  file: "node/main.mjs",
  code: (input) => `import OpenAI from "openai";

const client = new OpenAI({ baseURL: ${place(input.baseUrl)}, apiKey: ${place(input.apiKey)} });
const answer = await client.chat.completions.create({
  model: ${quoted(input.model)},
  messages: [{ role: "user", content: ${quoted(question)} }],
  nemo_prompt_template_id: ${quoted(input.template)},
  nemo_prompt_variables: ${literal(input.variables, dialects.javascript)},
});
console.log(answer.choices[0].message.content);`,
};
