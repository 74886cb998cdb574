import { GatewayError } from "../_shared/core/errors/gateway-errors.ts";
import type { Choice } from "../_shared/core/recommend/choose-provider.ts";
import type { GatewayDatabase } from "../_shared/server/db/gateway-database.ts";
import { integerSetting, type ReadEnv } from "../_shared/server/env/function-env.ts";
import type { OpenConnection, StoredConnection } from "../_shared/server/upstream/open-connection.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { ModelError } from "./model-error.ts";
import type { Job } from "./store.ts";

/** The operator's provider, paid for with credit. */
export interface Platform {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Set when the operator names one model for all recommendations. */
  readonly model: string | null;
}

/** A provider that may be asked now. */
export interface Provider {
  readonly name: string;
  readonly baseUrl: string;
  /** Null: it wants none. */
  readonly apiKey: string | null;
  readonly timeoutMs: number;
  /** How it is reached; without it by fetch itself, for the operator's provider is the operator's word. */
  readonly fetch?: typeof fetch;
}

export interface Providers {
  readonly platform: Platform | null;
  /** Makes a choice usable for the worker that holds the job. Throws a ModelError when it may not be used. */
  open(choice: Choice, job: Job): Promise<Provider>;
}

/** The platform's provider; null when none is configured. */
function findPlatform(env: ReadEnv): Platform | null {
  const apiKey = env("NEMO_UPSTREAM_API_KEY") || env("OPENAI_API_KEY") || "none";
  const baseUrl = env("NEMO_UPSTREAM_URL") || (env("OPENAI_API_KEY") ? "https://api.openai.com/v1" : "");
  return baseUrl ? { baseUrl, apiKey, model: env("NEMO_RECOMMENDATION_MODEL") || null } : null;
}

export function createProviders(
  env: ReadEnv,
  database: Pick<GatewayDatabase, "jobProvider">,
  openConnection: OpenConnection,
): Providers {
  const platform = findPlatform(env);
  const timeoutMs = integerSetting(env, "NEMO_RECOMMENDATION_TIMEOUT_MS", 45_000);
  return {
    platform,
    async open({ provider, connection }, job) {
      if (connection === null) {
        if (!platform) throw new ModelError("provider_missing", "No provider is configured.");
        return { name: provider, baseUrl: platform.baseUrl, apiKey: platform.apiKey, timeoutMs };
      }
      const stored = await database.jobProvider(job.id, job.lease ?? "", connection.id);
      if (!stored)
        throw new ModelError("provider_missing", `The provider ${provider} is not connected any more.`);
      const { baseUrl, apiKey } = await open(stored, openConnection);
      return {
        name: provider,
        baseUrl,
        apiKey,
        timeoutMs,
        // Opened again before every call: what its name resolves to may have changed.
        fetch: guardedFetch(() => openConnection(stored), apiKey !== null),
      };
    },
  };
}

async function open(stored: StoredConnection, openConnection: OpenConnection) {
  try {
    return await openConnection(stored);
  } catch (error) {
    throw error instanceof GatewayError ? asProviderError(error) : error;
  }
}

/** What kept a request from an organization's own provider, in the words of a job. */
export function asProviderError({ code, message }: GatewayError): ModelError {
  if (code === "provider_address_refused" || code === "provider_key_unreadable")
    return new ModelError(code, message);
  if (code === "upstream_invalid_response") return new ModelError("model_nonsense", message);
  return new ModelError("model_unreachable", "The provider cannot be reached.", true);
}
