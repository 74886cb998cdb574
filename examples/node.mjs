// NEMO_BASE_URL and NEMO_API_KEY are what `npm start` prints.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.NEMO_BASE_URL, apiKey: process.env.NEMO_API_KEY });
const answer = await client.chat.completions.create({
  model: "nemo/support-agent",
  messages: [{ role: "user", content: "Hello" }],
  nemo_prompt_variables: { role: "a support agent" },
});
console.log(answer.choices[0].message.content);
