# NEMO_BASE_URL and NEMO_API_KEY are what `npm start` prints.
import os
from openai import OpenAI

client = OpenAI(base_url=os.environ["NEMO_BASE_URL"], api_key=os.environ["NEMO_API_KEY"])
answer = client.chat.completions.create(
    model="nemo/support-agent",
    messages=[{"role": "user", "content": "Hello"}],
    extra_body={"nemo_prompt_variables": {"role": "a support agent"}},
)
print(answer.choices[0].message.content)
