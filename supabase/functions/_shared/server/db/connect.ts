import postgres, { type Sql } from "postgres";
import { booleanSetting, integerSetting, type ReadEnv } from "../env/function-env.ts";
import { type Ask, unbroken } from "./unbroken.ts";

/**
 * The gateway's connections, opened when first used. NEMO_GATEWAY_DB_URL logs in as the role `nemo_gateway`,
 * which may execute the gateway's functions and nothing else; SUPABASE_DB_URL is what Supabase injects.
 *
 * Prepared statements are off unless NEMO_DB_PREPARE says otherwise: a transaction pooler hands each
 * transaction another session, where a statement prepared before does not exist.
 */
export function connectGateway(env: ReadEnv): Ask {
  const url = env("NEMO_GATEWAY_DB_URL") ?? env("SUPABASE_DB_URL");
  if (!url) throw new Error("Neither NEMO_GATEWAY_DB_URL nor SUPABASE_DB_URL is set.");
  const max = integerSetting(env, "NEMO_DB_CONNECTIONS", 6);
  const prepare = booleanSetting(env, "NEMO_DB_PREPARE");
  const connect_timeout = Math.ceil(databaseTimeoutMs(env) / 1000);
  return unbroken(() => open(url, { max, prepare, connect_timeout }));
}

/** How long a caller waits for the database before it is told that there is none. */
export const databaseTimeoutMs = (env: ReadEnv): number => integerSetting(env, "NEMO_DB_TIMEOUT_MS", 3_000);

function open(url: string, options: { max: number; prepare: boolean; connect_timeout: number }): Sql {
  return postgres(url, {
    ...options,
    // Seconds. The driver would wait up to 20 of them after an outage; the database is looked for twice a second.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 0.5),
    // Fetching the type catalogue would cost each new connection a query; only text and JSON are exchanged.
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: "nemo-gateway" },
  });
}
