import os
from openai import OpenAI

client = OpenAI(base_url=os.environ["NEMO_GATEWAY_URL"], api_key=os.environ["NEMO_API_KEY"])
answer = client.chat.completions.create(
    model="nemo",
    messages=[{"role": "user", "content": "Where is my order?"}],
    extra_body={
        "nemo_prompt_template_id": "support-agent",
        "nemo_prompt_variables": {"role": "a support agent"},
    },
)
print(answer.choices[0].message.content)
