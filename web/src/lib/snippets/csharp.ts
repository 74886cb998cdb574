import { dialects, literal } from "./literal.ts";
import { placeIn, question, quoted, type Snippet } from "./snippet.ts";

const place = placeIn((name) => `Environment.GetEnvironmentVariable("${name}")!`);

export const csharp: Snippet = {
  id: "csharp",
  name: "C#",
  install: "dotnet add package OpenAI",
  file: "csharp/Program.cs",
  code: (input) => `using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;

var options = new OpenAIClientOptions { Endpoint = new Uri(${place(input.baseUrl)}) };
var client = new ChatClient(${quoted(input.model)}, new ApiKeyCredential(${place(input.apiKey)}), options);

// The typed call has no place for other fields, so the body is given as it is.
var body = BinaryData.FromObjectAsJson(new Dictionary<string, object?> {
    ["model"] = ${quoted(input.model)},
    ["messages"] = new[] { new { role = "user", content = ${quoted(question)} } },
    ["nemo_prompt_template_id"] = ${quoted(input.template)},
    ["nemo_prompt_variables"] = ${literal(input.variables, dialects.csharp)},
});
var answer = await client.CompleteChatAsync(BinaryContent.Create(body), new RequestOptions());
using var json = JsonDocument.Parse(answer.GetRawResponse().Content);
Console.WriteLine(json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content"));`,
};
