#!/bin/sh
# NEMO_BASE_URL and NEMO_API_KEY are what `npm start` prints.
curl --fail-with-body --silent "$NEMO_BASE_URL/chat/completions" \
  -H "Authorization: Bearer $NEMO_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "nemo/support-agent",
    "nemo_prompt_variables": {"role": "a support agent"},
    "messages": [{"role": "user", "content": "Hello"}]
  }'
