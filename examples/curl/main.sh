#!/bin/sh
curl --fail-with-body --silent --show-error "$NEMO_GATEWAY_URL/chat/completions" \
  -H "Authorization: Bearer $NEMO_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "nemo",
    "messages": [{"role": "user", "content": "Where is my order?"}],
    "nemo_prompt_template_id": "support-agent",
    "nemo_prompt_variables": {"role": "a support agent"}
  }'
