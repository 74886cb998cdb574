curl -sS --fail-with-body "$NEMO_GATEWAY_URL/chat/completions" \
  -H "authorization: Bearer $NEMO_API_KEY" \
  -H "content-type: application/json" \
  -d '{
  "model": "nemo",
  "messages": [
    {
      "role": "user",
      "content": "Where is my order?"
    }
  ],
  "nemo_prompt_template_id": "support-agent",
  "nemo_prompt_variables": {
    "role": "a support agent"
  }
}'
