import type { Demo } from "./demo.ts";
import type { Upstream } from "./environment.ts";
import type { Stack } from "./start-stack.ts";

export interface BannerOptions {
  readonly stack: Pick<Stack, "webUrl" | "gatewayUrl" | "url" | "publishableKey">;
  readonly demo?: Demo | undefined;
  readonly upstream?: Upstream | undefined;
  /** Where the data is. */
  readonly data: string;
  readonly seconds: number;
}

/** What a person at the terminal needs to go on. */
export function banner({ stack, demo, upstream, data, seconds }: BannerOptions): string {
  const provider =
    upstream?.url ?? "fake (answers are made up; set OPENAI_API_KEY or NEMO_UPSTREAM_URL for a real one)";
  const facts = [
    ["Dashboard", stack.webUrl],
    ...(demo ? [["Demo login", `${demo.email}  /  ${demo.password}`]] : []),
    ...(demo ? [["Demo key", demo.key]] : []),
    ["Gateway", stack.gatewayUrl],
    ["Supabase", `${stack.url}  with the publishable key  ${stack.publishableKey}`],
    ["Provider", provider],
    ["Mail", `${stack.url}/local/mail`],
    ["Data", data],
  ];
  const lines = facts.map(([name, value]) => `  ${String(name).padEnd(11)} ${value}`);
  const snippet = demo ? `\n${snippetFor(stack.gatewayUrl, demo)}\n` : "";
  return `\nNemo is ready (${seconds.toFixed(1)} s). Stop it with Ctrl-C.\n\n${lines.join("\n")}\n${snippet}`;
}

function snippetFor(gatewayUrl: string, demo: Demo): string {
  return `To try it from here, put this into a file try.mjs and run node try.mjs (elsewhere after npm install openai):

  import OpenAI from "openai";

  const openai = new OpenAI({ baseURL: "${gatewayUrl}", apiKey: "${demo.key}" });
  const completion = await openai.chat.completions.create({
    model: "nemo/support-agent",
    messages: [{ role: "user", content: "Where is my parcel?" }],
    nemo_prompt_variables: { role: "a support agent", lang: "English" },
  });
  console.log(completion.choices[0].message.content);

Or with curl; the other programs in examples/ read the same two variables:

  export NEMO_GATEWAY_URL=${gatewayUrl}
  export NEMO_API_KEY=${demo.key}
  sh examples/curl/main.sh`;
}
