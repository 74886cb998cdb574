import { dialects, literal } from "./literal.ts";
import { placeIn, question, quoted, type Snippet } from "./snippet.ts";

const place = placeIn((name) => `os.environ["${name}"]`);

export const python: Snippet = {
  id: "python",
  name: "Python",
  install: "pip install openai",
  file: "python/main.py",
  code: (input) => `${typeof input.apiKey === "string" ? "" : "import os\n"}from openai import OpenAI

client = OpenAI(base_url=${place(input.baseUrl)}, api_key=${place(input.apiKey)})
answer = client.chat.completions.create(
    model=${quoted(input.model)},
    messages=[{"role": "user", "content": ${quoted(question)}}],
    extra_body={
        "nemo_prompt_template_id": ${quoted(input.template)},
        "nemo_prompt_variables": ${literal(input.variables, dialects.python)},
    },
)
print(answer.choices[0].message.content)`,
};
