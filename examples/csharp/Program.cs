using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;

var options = new OpenAIClientOptions { Endpoint = new Uri(Environment.GetEnvironmentVariable("NEMO_GATEWAY_URL")!) };
var client = new ChatClient("nemo", new ApiKeyCredential(Environment.GetEnvironmentVariable("NEMO_API_KEY")!), options);

// The typed call has no place for other fields, so the body is given as it is.
var body = BinaryData.FromObjectAsJson(new Dictionary<string, object?> {
    ["model"] = "nemo",
    ["messages"] = new[] { new { role = "user", content = "Where is my order?" } },
    ["nemo_prompt_template_id"] = "support-agent",
    ["nemo_prompt_variables"] = new Dictionary<string, object?> { ["role"] = "a support agent" },
});
var answer = await client.CompleteChatAsync(BinaryContent.Create(body), new RequestOptions());
using var json = JsonDocument.Parse(answer.GetRawResponse().Content);
Console.WriteLine(json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content"));
