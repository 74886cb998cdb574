import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { publishableKey, type ReadEnv, secretKey } from "../env/function-env.ts";
import { actingHeaders, type Caller, identifyToken } from "./caller.ts";
import { fromDatabase } from "./function-error.ts";

// The schema is not typed here: each store reads rows into interfaces of its own.
// biome-ignore lint/suspicious/noExplicitAny: supabase-js wants a type for every table otherwise
export type NemoClient = SupabaseClient<any, "nemo", "nemo">;

/**
 * A project's REST and Auth API, in the three ways a function for people uses it. Reads go with the person's
 * token, so row level security decides. Writes that must name the person and where they sit go with the secret
 * key and the headers of `actingHeaders`: the database checks that person's role itself, and its audit shows the
 * person and not the function.
 */
export interface SupabaseAccess {
  identify(token: string): Promise<string>;
  asPerson(caller: Caller): NemoClient;
  actingFor(caller: Caller): NemoClient;
  readonly asServer: NemoClient;
}

export function createAccess(env: ReadEnv): SupabaseAccess {
  const url = need(env("SUPABASE_URL"), "SUPABASE_URL");
  const publicKey = need(publishableKey(env), "SUPABASE_PUBLISHABLE_KEYS");
  const trustedKey = need(secretKey(env), "SUPABASE_SECRET_KEYS");
  const connect = (key: string, headers: Record<string, string> = {}): NemoClient =>
    createClient(url, key, {
      db: { schema: "nemo" },
      global: { headers },
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    });
  const auth = connect(publicKey).auth;
  return {
    identify: (token) => identifyToken(auth, token),
    asPerson: ({ token }) => connect(publicKey, { authorization: `Bearer ${token}` }),
    actingFor: (caller) => connect(trustedKey, actingHeaders(caller)),
    asServer: connect(trustedKey),
  };
}

/** Calls a function of the database and answers its result; a refusal is thrown as a FunctionError. */
export async function callDatabase(
  client: NemoClient,
  name: string,
  args: Record<string, unknown>,
): Promise<unknown> {
  const { data, error } = await client.rpc(name, args);
  if (error) throw fromDatabase(error);
  return data;
}

/** The one row a query finds, or null. */
export async function readOne<T>(
  query: PromiseLike<{ data: unknown; error: { code?: string } | null }>,
): Promise<T | null> {
  const { data, error } = await query;
  if (error) throw fromDatabase(error);
  return data as T | null;
}

function need(value: string | undefined, name: string): string {
  if (!value) throw new Error(`${name} is not set; Supabase sets it for every Edge Function.`);
  return value;
}
