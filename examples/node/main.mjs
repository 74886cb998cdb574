import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.NEMO_GATEWAY_URL, apiKey: process.env.NEMO_API_KEY });
const answer = await client.chat.completions.create({
  model: "nemo",
  messages: [{ role: "user", content: "Where is my order?" }],
  nemo_prompt_template_id: "support-agent",
  nemo_prompt_variables: { role: "a support agent" },
});
console.log(answer.choices[0].message.content);
