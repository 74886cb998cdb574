import { randomUUID } from "node:crypto";
import type { Secrets } from "./secrets.ts";

/** The provider that templates are sent to. */
export interface Upstream {
  readonly url: string;
  readonly apiKey?: string;
  readonly isFake: boolean;
}

/**
 * The provider by environment: `NEMO_UPSTREAM_URL` and `NEMO_UPSTREAM_API_KEY`, or `OPENAI_API_KEY` alone for
 * OpenAI. Undefined if there is none.
 */
export function upstreamFromEnvironment(env: NodeJS.ProcessEnv): Upstream | undefined {
  const apiKey = env.NEMO_UPSTREAM_API_KEY || env.OPENAI_API_KEY;
  const url = env.NEMO_UPSTREAM_URL || (env.OPENAI_API_KEY ? "https://api.openai.com/v1" : undefined);
  return url ? { url, isFake: false, ...(apiKey && { apiKey }) } : undefined;
}

/** Settings of ours that somebody may give to `npm start`; the rest is decided by the stack. */
const DECIDED_HERE = [
  "NEMO_UPSTREAM_URL",
  "NEMO_UPSTREAM_API_KEY",
  "NEMO_GATEWAY_DB_URL",
  "NEMO_ENCRYPTION_KEY",
  "NEMO_DENO",
  "NEMO_DATA_DIRECTORY",
];

function ownSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[0].startsWith("NEMO_") && entry[1] !== undefined && !DECIDED_HERE.includes(entry[0]),
  );
  return Object.fromEntries(entries);
}

/**
 * The fake provider listens on this machine, where an organization's own provider may not be unless it is named. What
 * somebody names besides stays named.
 */
function allowedHosts(upstream: Upstream, named = ""): Record<string, string> {
  if (!upstream.isFake || /^(1|true|yes|on)$/i.test(named.trim())) return {};
  return { NEMO_ALLOW_PRIVATE_UPSTREAMS: [new URL(upstream.url).host, named].filter(Boolean).join(",") };
}

/** What would open everything. The gateway has a login of its own that may do its work and nothing else. */
const MASTER_KEYS = ["SUPABASE_SECRET_KEYS", "SUPABASE_SERVICE_ROLE_KEY", "SUPABASE_DB_URL"];

/** The environment of one function: the gateway, which meets strangers, gets no key that it does not need. */
export function environmentOf(
  name: string,
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (name !== "gateway" || environment.NEMO_GATEWAY_DB_URL === undefined) return environment;
  return Object.fromEntries(Object.entries(environment).filter(([key]) => !MASTER_KEYS.includes(key)));
}

export interface FunctionEnvironmentOptions {
  readonly url: string;
  readonly secrets: Secrets;
  readonly upstream: Upstream;
  /** Connection URL of a role that may log in. */
  databaseUrl(role: string): string;
  /** Whether the migrations have made the role `nemo_gateway`. */
  readonly hasGatewayRole: boolean;
}

/** What Supabase puts into every function's environment, and the function secrets of a Nemo project. */
export function functionEnvironment(options: FunctionEnvironmentOptions): Record<string, string> {
  const { url, secrets, upstream, databaseUrl, hasGatewayRole } = options;
  return {
    ...ownSettings(process.env),
    ...allowedHosts(upstream, process.env.NEMO_ALLOW_PRIVATE_UPSTREAMS),
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: secrets.publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secrets.secretKey }),
    // The old names; on hosted Supabase they hold the older kind of key.
    SUPABASE_ANON_KEY: secrets.publishableKey,
    SUPABASE_SERVICE_ROLE_KEY: secrets.secretKey,
    SUPABASE_DB_URL: databaseUrl("postgres"),
    SB_REGION: "local",
    SB_EXECUTION_ID: randomUUID(),
    NEMO_UPSTREAM_URL: upstream.url,
    ...(upstream.apiKey && { NEMO_UPSTREAM_API_KEY: upstream.apiKey }),
    ...(upstream.isFake && { NEMO_UPSTREAM_API_KEY: "fake" }),
    NEMO_ENCRYPTION_KEY: secrets.encryptionKey,
    ...(hasGatewayRole && { NEMO_GATEWAY_DB_URL: databaseUrl("nemo_gateway") }),
  };
}
