require "openai"

client = OpenAI::Client.new(base_url: ENV.fetch("NEMO_GATEWAY_URL"), api_key: ENV.fetch("NEMO_API_KEY"))
answer = client.chat.completions.create(
  model: "nemo",
  messages: [{role: "user", content: "Where is my order?"}],
  request_options: {extra_body: {
    nemo_prompt_template_id: "support-agent",
    nemo_prompt_variables: {"role" => "a support agent"}
  }}
)
puts answer.choices[0].message.content
