import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { PromptConfig, PromptMessage, VariableContract } from "../_shared/core/prompt/types.ts";
import { publishableKey, type ReadEnv, secretKey } from "../_shared/server/env/function-env.ts";
import { fromDatabase, notSignedIn } from "./recommendations-error.ts";

/** Who is asking, from where. */
export interface Caller {
  readonly userId: string;
  readonly token: string;
  readonly ip: string | null;
  readonly agent: string | null;
}

export interface StoredVersion {
  readonly organization_id: string;
  readonly template_id: string;
  readonly version: number;
  readonly messages: readonly PromptMessage[];
  readonly config: PromptConfig;
  readonly contract: VariableContract;
}

/** A row of `recommendation_jobs`; `lease` is there for the worker alone. */
export interface Job {
  readonly id: string;
  readonly organization_id: string;
  readonly template_id: string;
  readonly version: number;
  readonly kinds: readonly ("rules" | "clarity" | "tokens")[];
  readonly example_inputs: readonly Record<string, unknown>[];
  readonly max_cost_nanousd: number;
  readonly state: "queued" | "running" | "succeeded" | "dead" | "cancelled";
  readonly reason: string;
  readonly attempts: number;
  readonly lease: string | null;
}

/** A row to be of `prompt_recommendations`; the database adds the diff. */
export interface NewRecommendation {
  readonly layer: "analyser" | "model";
  readonly kind: string;
  readonly fingerprint: string;
  readonly severity: "info" | "warning" | "error";
  readonly title: string;
  readonly reason: string;
  readonly evidence: readonly object[];
  readonly predicted_effect: object;
  readonly proposed_messages: readonly PromptMessage[] | null;
  readonly model: string | null;
}

export interface ModelUsage {
  readonly model: string;
  readonly prompt_tokens: number;
  readonly cached_tokens: number;
  readonly completion_tokens: number;
}

export interface ModelPrice {
  readonly input_nanousd_per_mtok: number;
  readonly output_nanousd_per_mtok: number;
}

export interface StoredRecommendation {
  readonly id: string;
  readonly organization_id: string;
  readonly template_id: string;
  readonly source_version: number;
  readonly state: string;
  readonly kind: string;
  readonly proposed_messages: readonly PromptMessage[] | null;
}

/** Calls a function of the database and answers its row. Throws a RecommendationsError when it is refused. */
type Call = (name: string, args: Record<string, unknown>) => Promise<unknown>;

/** All this function asks of Supabase. */
export interface Store {
  /** The person a token belongs to. */
  identify(token: string): Promise<string>;
  /** Calls in the name of a person: the database checks what they may, and its audit names them. */
  as(caller: Caller): Call;
  /** Calls as the server. */
  readonly asServer: Call;
  /** Reads with the person's own token, so row level security decides; without a caller, as the server. */
  readVersion(templateId: string, version: number | null, caller?: Caller): Promise<StoredVersion | null>;
  readJob(id: string, caller: Caller): Promise<Job | null>;
  readRecommendation(id: string, caller: Caller): Promise<StoredRecommendation | null>;
  /** The price the platform charges for a model today; null when it is not known. */
  readPrice(model: string): Promise<ModelPrice | null>;
}

// The schema is not typed here: rows are read into the interfaces above.
// biome-ignore lint/suspicious/noExplicitAny: supabase-js wants a type for every table otherwise
type Client = SupabaseClient<any, "nemo", "nemo">;

const JOB_COLUMNS =
  "id, organization_id, template_id, version, kinds, example_inputs, max_cost_nanousd, state, reason, attempts";
const VERSION_COLUMNS = "organization_id, template_id, version, messages, config, contract";

export function createStore(env: ReadEnv): Store {
  const url = need(env("SUPABASE_URL"), "SUPABASE_URL");
  const publicKey = need(publishableKey(env), "SUPABASE_PUBLISHABLE_KEYS");
  const trustedKey = need(secretKey(env), "SUPABASE_SECRET_KEYS");
  const connect = (key: string, headers: Record<string, string> = {}): Client =>
    createClient(url, key, {
      db: { schema: "nemo" },
      global: { headers },
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    });
  const server = connect(trustedKey);
  const person = ({ token }: Caller) => connect(publicKey, { authorization: `Bearer ${token}` });
  return {
    identify: (token) => identify(connect(publicKey), token),
    as: (caller) => callerOf(connect(trustedKey, actingHeaders(caller))),
    asServer: callerOf(server),
    async readVersion(templateId, version, caller) {
      const query = (caller ? person(caller) : server).from("prompt_versions").select(VERSION_COLUMNS);
      const chosen = version === null ? query : query.eq("version", version);
      return await one(
        chosen.eq("template_id", templateId).order("version", { ascending: false }).limit(1).maybeSingle(),
      );
    },
    readJob: (id, caller) =>
      one(person(caller).from("recommendation_jobs").select(JOB_COLUMNS).eq("id", id).maybeSingle()),
    readRecommendation: (id, caller) =>
      one(person(caller).from("prompt_recommendations").select("*").eq("id", id).maybeSingle()),
    readPrice: (model) =>
      one(
        server
          .from("model_prices")
          .select("input_nanousd_per_mtok, output_nanousd_per_mtok")
          .is("organization_id", null)
          .eq("model", model)
          .order("valid_from", { ascending: false })
          .limit(1)
          .maybeSingle(),
      ),
  };
}

async function one<T>(
  query: PromiseLike<{ data: unknown; error: { code?: string } | null }>,
): Promise<T | null> {
  const { data, error } = await query;
  if (error) throw fromDatabase(error);
  return data as T | null;
}

function callerOf(client: Client): Call {
  return async (name, args) => {
    const { data, error } = await client.rpc(name, args);
    if (error) throw fromDatabase(error);
    return data;
  };
}

async function identify(client: Client, token: string): Promise<string> {
  const { data, error } = await client.auth.getClaims(token);
  // Auth that cannot be reached is no reason to tell a signed-in person that they are not.
  if (error?.name === "AuthRetryableFetchError") throw fromDatabase({});
  const { sub, role } = data?.claims ?? {};
  if (error || typeof sub !== "string" || role !== "authenticated") throw notSignedIn();
  return sub;
}

function actingHeaders({ userId, ip, agent }: Caller): Record<string, string> {
  return {
    "x-nemo-acting-user": userId,
    ...(ip ? { "x-nemo-client-ip": ip } : {}),
    ...(agent ? { "x-nemo-client-agent": agent } : {}),
  };
}

function need(value: string | undefined, name: string): string {
  if (!value) throw new Error(`${name} is not set; Supabase sets it for every Edge Function.`);
  return value;
}
