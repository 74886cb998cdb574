import { bodyOf, type Place, type Snippet } from "./snippet.ts";

const place = (value: Place) => (typeof value === "string" ? value : `$${value.env}`);

export const curl: Snippet = {
  id: "curl",
  name: "curl",
  install: "",
  file: "curl/main.sh",
  code: (input) => `curl -sS --fail-with-body "${place(input.baseUrl)}/chat/completions" \\
  -H "authorization: Bearer ${place(input.apiKey)}" \\
  -H "content-type: application/json" \\
  -d '${JSON.stringify(bodyOf(input), null, 2).replaceAll("'", "'\\''")}'`,
};
