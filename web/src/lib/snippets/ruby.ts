import { dialects, literal } from "./literal.ts";
import { placeIn, question, quoted, type Snippet } from "./snippet.ts";

const place = placeIn((name) => `ENV.fetch("${name}")`);

export const ruby: Snippet = {
  id: "ruby",
  name: "Ruby",
  install: "gem install openai",
  file: "ruby/main.rb",
  code: (input) => `require "openai"

client = OpenAI::Client.new(base_url: ${place(input.baseUrl)}, api_key: ${place(input.apiKey)})
answer = client.chat.completions.create(
  model: ${quoted(input.model)},
  messages: [{role: "user", content: ${quoted(question)}}],
  request_options: {extra_body: {
    nemo_prompt_template_id: ${quoted(input.template)},
    nemo_prompt_variables: ${literal(input.variables, dialects.ruby)}
  }}
)
puts answer.choices[0].message.content`,
};
