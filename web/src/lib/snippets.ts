import { dialects, literal } from "./literal.ts";

/** The same call in nine languages. Kept beside each other so that they stay the same call. */
export type SnippetInput = {
  baseUrl: string;
  /** A placeholder until a key has just been made. */
  apiKey: string;
  template: string;
  /** "nemo" leaves the choice to the version; a name is for versions that leave it to the caller. */
  model: string;
  /** Any JSON, as each language writes it. */
  variables: Record<string, unknown>;
};

export type Snippet = { id: string; name: string; install: string; code: (input: SnippetInput) => string };

const question = "Where is my order?";
const json = (value: unknown) => JSON.stringify(value);

const write = (value: unknown, dialect: keyof typeof dialects) => literal(value, dialects[dialect]);

const body = (input: SnippetInput) => ({
  model: input.model,
  nemo_prompt_template_id: input.template,
  nemo_prompt_variables: input.variables,
  messages: [{ role: "user", content: question }],
});

export const snippets: Snippet[] = [
  {
    id: "python",
    name: "Python",
    install: "pip install openai",
    code: (input) => `from openai import OpenAI

client = OpenAI(base_url=${json(input.baseUrl)}, api_key=${json(input.apiKey)})

answer = client.chat.completions.create(
    model=${json(input.model)},
    messages=[{"role": "user", "content": ${json(question)}}],
    extra_body={
        "nemo_prompt_template_id": ${json(input.template)},
        "nemo_prompt_variables": ${write(input.variables, "python")},
    },
)
print(answer.choices[0].message.content)`,
  },
  {
    id: "node",
    name: "Node",
    install: "npm install openai",
    code: (input) => `import OpenAI from "openai";

const client = new OpenAI({ baseURL: ${json(input.baseUrl)}, apiKey: ${json(input.apiKey)} });

const answer = await client.chat.completions.create({
  model: ${json(input.model)},
  messages: [{ role: "user", content: ${json(question)} }],
  nemo_prompt_template_id: ${json(input.template)},
  nemo_prompt_variables: ${write(input.variables, "javascript")},
});
console.log(answer.choices[0].message.content);`,
  },
  {
    id: "curl",
    name: "curl",
    install: "",
    code: (input) => `curl ${input.baseUrl}/chat/completions \\
  -H "authorization: Bearer ${input.apiKey}" \\
  -H "content-type: application/json" \\
  -d '${JSON.stringify(body(input), null, 2).replaceAll("'", "'\\''")}'`,
  },
  {
    id: "go",
    name: "Go",
    install: "go get github.com/openai/openai-go/v3",
    code: (input) => `client := openai.NewClient(
	option.WithBaseURL(${json(input.baseUrl)}),
	option.WithAPIKey(${json(input.apiKey)}),
)
answer, err := client.Chat.Completions.New(context.Background(),
	openai.ChatCompletionNewParams{
		Model:    ${json(input.model)},
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage(${json(question)})},
	},
	option.WithJSONSet("nemo_prompt_template_id", ${json(input.template)}),
	option.WithJSONSet("nemo_prompt_variables", ${write(input.variables, "go")}),
)`,
  },
  {
    id: "ruby",
    name: "Ruby",
    install: "gem install openai",
    code: (input) => `require "openai"

client = OpenAI::Client.new(base_url: ${json(input.baseUrl)}, api_key: ${json(input.apiKey)})

answer = client.chat.completions.create(
  model: ${json(input.model)},
  messages: [{role: "user", content: ${json(question)}}],
  request_options: {extra_body: {
    nemo_prompt_template_id: ${json(input.template)},
    nemo_prompt_variables: ${write(input.variables, "ruby")}
  }}
)
puts answer.choices[0].message.content`,
  },
  {
    id: "java",
    name: "Java",
    install: 'implementation("com.openai:openai-java")',
    code: (input) => `OpenAIClient client = OpenAIOkHttpClient.builder()
    .baseUrl(${json(input.baseUrl)})
    .apiKey(${json(input.apiKey)})
    .build();

ChatCompletion answer = client.chat().completions().create(ChatCompletionCreateParams.builder()
    .model(${json(input.model)})
    .addUserMessage(${json(question)})
    .putAdditionalBodyProperty("nemo_prompt_template_id", JsonValue.from(${json(input.template)}))
    .putAdditionalBodyProperty("nemo_prompt_variables", JsonValue.from(${write(input.variables, "java")}))
    .build());`,
  },
  {
    id: "csharp",
    name: "C#",
    install: "",
    code: (input) => `using System.Net.Http.Json;

using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new("Bearer", ${json(input.apiKey)});

var answer = await http.PostAsJsonAsync(${json(`${input.baseUrl}/chat/completions`)}, new {
    model = ${json(input.model)},
    nemo_prompt_template_id = ${json(input.template)},
    nemo_prompt_variables = ${write(input.variables, "csharp")},
    messages = new[] { new { role = "user", content = ${json(question)} } },
});
Console.WriteLine(await answer.Content.ReadAsStringAsync());`,
  },
  {
    id: "php",
    name: "PHP",
    install: "composer require openai-php/client",
    code: (input) => `$client = OpenAI::factory()
    ->withBaseUri(${json(input.baseUrl)})
    ->withApiKey(${json(input.apiKey)})
    ->make();

$answer = $client->chat()->create([
    'model' => ${json(input.model)},
    'messages' => [['role' => 'user', 'content' => ${json(question)}]],
    'nemo_prompt_template_id' => ${json(input.template)},
    'nemo_prompt_variables' => ${write(input.variables, "php")},
]);
echo $answer->choices[0]->message->content;`,
  },
  {
    id: "rust",
    name: "Rust",
    install: "cargo add reqwest serde_json tokio",
    code: (input) => `let answer: serde_json::Value = reqwest::Client::new()
    .post(${json(`${input.baseUrl}/chat/completions`)})
    .bearer_auth(${json(input.apiKey)})
    .json(&serde_json::json!(${JSON.stringify(body(input), null, 2).replaceAll("\n", "\n    ")}))
    .send().await?
    .json().await?;
println!("{}", answer["choices"][0]["message"]["content"]);`,
  },
];
