import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { Config } from "./config.ts";
import { headStart, sessionKey } from "./head-start.ts";
import { renewingFetch } from "./renewing-fetch.ts";

// Each request states the shape of its rows in its own file, beside the columns it asks for.
// biome-ignore lint/suspicious/noExplicitAny: the client itself is untyped for that reason
type AnyDatabase = any;
type Nemo = SupabaseClient<AnyDatabase, "nemo">;

let current: { config: Config; client: Nemo } | undefined;

/** Called once, before the first render. Everything below waits for it by construction. */
export function connect(config: Config) {
  const ask: typeof fetch = (input, init) => headStart(input as string, init) ?? fetch(input, init);
  const client: Nemo = createClient<AnyDatabase, "nemo">(config.supabaseUrl, config.publishableKey, {
    db: { schema: "nemo" },
    global: { fetch: renewingFetch(() => client.auth, ask) },
    auth: { storageKey: sessionKey },
  });
  current = { config, client };
}

function connected() {
  if (!current) throw new Error("connect() runs before anything reads from Supabase");
  return current;
}

/** The one client. It speaks as the person signed in, under row-level security, and nothing here bypasses it. */
export function supabase(): Nemo {
  return connected().client;
}

export function config(): Config {
  return connected().config;
}
