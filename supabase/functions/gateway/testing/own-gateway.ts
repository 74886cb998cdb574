import { fileURLToPath } from "node:url";
import { type FunctionProcess, startFunctionProcess } from "../../../../local/functions/function-process.ts";
import type { StackFacts } from "../../../../tests/support/stack-setup.ts";

/** Another process of the function, on the stack's database: to be killed, cut off or set up otherwise. */
export interface OwnGateway {
  /** Ends in `/v1`. */
  readonly url: string;
  readonly process: FunctionProcess;
  /** Every line it printed. */
  readonly lines: string[];
  post(key: string, path: string, body: unknown, init?: RequestInit): Promise<Response>;
}

export async function startOwnGateway(
  stack: StackFacts,
  environment: Record<string, string> = {},
): Promise<OwnGateway> {
  const place = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
  const source = { name: "gateway", entrypoint: place("index.ts"), config: place("deno.json") };
  const lines: string[] = [];
  const own = {
    NEMO_UPSTREAM_URL: stack.fakeProviderUrl,
    NEMO_UPSTREAM_API_KEY: "fake",
    NEMO_GATEWAY_DB_URL: gatewayDatabaseUrl(stack),
    NEMO_DB_TIMEOUT_MS: "60000",
    ...environment,
  };
  const process = startFunctionProcess(source, own, (line) => lines.push(line));
  const url = `http://127.0.0.1:${await process.port}/gateway/v1`;
  return {
    url,
    process,
    lines,
    post: (key, path, body, init = {}) =>
      fetch(url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
        ...init,
      }),
  };
}

/** The database as the gateway's own role, by way of another port if one is given. */
export function gatewayDatabaseUrl(stack: StackFacts, port?: number): string {
  const url = new URL(stack.dbUrl);
  url.username = "nemo_gateway";
  if (port !== undefined) url.port = String(port);
  return url.href;
}
