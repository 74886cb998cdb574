import { includeMessages } from "../_shared/core/prompt/include-tags.ts";
import type {
  Includes,
  PromptConfig,
  PromptMessage,
  VariableContract,
} from "../_shared/core/prompt/types.ts";
import type { Connection } from "../_shared/core/recommend/choose-provider.ts";
import type { ReadEnv } from "../_shared/server/env/function-env.ts";
import type { Caller } from "../_shared/server/functions/caller.ts";
import { callDatabase, createAccess, readOne } from "../_shared/server/functions/supabase-access.ts";

export interface StoredVersion {
  readonly organization_id: string;
  readonly template_id: string;
  readonly version: number;
  readonly messages: readonly PromptMessage[];
  readonly config: PromptConfig;
  readonly contract: VariableContract;
  /** What it includes; null when it has no tag for that. */
  readonly includes?: Includes | null;
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
  /** `platform`, which is charged, or the organization's own, which is not. */
  readonly provider: string;
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

/** Calls a function of the database and answers its row. Throws a FunctionError when it is refused. */
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
  /** The enabled connections of an organization; without a caller read as the server. */
  readConnections(organizationId: string, caller?: Caller): Promise<Connection[]>;
  /** What a model costs today, for an organization over its own provider or on the platform; null: not known. */
  readPrice(model: string, organizationId: string | null): Promise<ModelPrice | null>;
}

const JOB_COLUMNS =
  "id, organization_id, template_id, version, kinds, example_inputs, max_cost_nanousd, state, reason, attempts";
const VERSION_COLUMNS = "organization_id, template_id, version, messages, config, contract";

export function createStore(env: ReadEnv): Store {
  const { identify, asPerson, actingFor, asServer } = createAccess(env);
  return {
    identify,
    as: (caller) => (name, args) => callDatabase(actingFor(caller), name, args),
    asServer: (name, args) => callDatabase(asServer, name, args),
    async readVersion(templateId, version, caller) {
      const access = caller ? asPerson(caller) : asServer;
      const query = access.from("prompt_versions").select(VERSION_COLUMNS);
      const chosen = version === null ? query : query.eq("version", version);
      const found: StoredVersion | null = await readOne(
        chosen.eq("template_id", templateId).order("version", { ascending: false }).limit(1).maybeSingle(),
      );
      if (!found || !includeMessages(found.messages)) return found;
      const of = { template_id: templateId, version: found.version };
      return { ...found, includes: (await callDatabase(access, "prompt_includes", of)) as Includes };
    },
    readJob: (id, caller) =>
      readOne(asPerson(caller).from("recommendation_jobs").select(JOB_COLUMNS).eq("id", id).maybeSingle()),
    readRecommendation: (id, caller) =>
      readOne(asPerson(caller).from("prompt_recommendations").select("*").eq("id", id).maybeSingle()),
    async readConnections(organizationId, caller) {
      const access = caller ? asPerson(caller) : asServer;
      const query = access.from("provider_connections").select("id, name, models, fallbacks");
      const mine = query.eq("organization_id", organizationId).eq("enabled", true).order("name");
      return (await readOne<Connection[]>(mine)) ?? [];
    },
    async readPrice(model, organizationId) {
      const of = { model, organization_id: organizationId };
      const price = (await callDatabase(asServer, "model_price", of)) as
        | (ModelPrice & { id: string | null })
        | null;
      return price?.id ? price : null;
    },
  };
}
