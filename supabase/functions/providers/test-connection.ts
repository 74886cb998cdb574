import { z } from "zod";
import { GatewayError } from "../_shared/core/errors/gateway-errors.ts";
import type { Caller } from "../_shared/server/functions/caller.ts";
import { FunctionError } from "../_shared/server/functions/function-error.ts";
import { callDatabase } from "../_shared/server/functions/supabase-access.ts";
import { listUpstreamModels } from "../_shared/server/upstream/list-models.ts";
import { readAs, type Wiring } from "./handle-request.ts";

const Asked = z.strictObject({ connection_id: z.uuid() });

/** Shown to people, who choose from it. */
const MOST_MODELS = 200;

export interface TestResult {
  readonly ok: boolean;
  /** A code of docs/errors.md; null when it works. */
  readonly code: string | null;
  readonly message: string;
  /** The provider's HTTP status; null when it gave none. */
  readonly status: number | null;
  readonly latency_ms: number;
  /** Names of models the provider lists, at most 200. */
  readonly models: readonly string[];
}

/**
 * `POST /test {connection_id}`: asks the provider for its models, with the stored key, for at most ten seconds.
 * Of the provider's answer only status and names of models are told: an address must not become a window.
 */
export async function testConnection(
  body: Record<string, unknown>,
  caller: Caller,
  wiring: Wiring,
): Promise<TestResult> {
  const { connection_id } = readAs(Asked, body);
  const ticket = await callDatabase(wiring.access.actingFor(caller), "start_provider_test", {
    connection_id,
  });
  const connection = await wiring.database.provider(ticket as string);
  if (!connection)
    throw new FunctionError(
      404,
      "NM003",
      "There is no such provider connection.",
      "It was removed just now.",
    );
  const begun = performance.now();
  const result = (status: number | null, code: string | null, message: string, models: string[] = []) => ({
    ok: code === null,
    code,
    message,
    status,
    latency_ms: Math.round(performance.now() - begun),
    models,
  });
  try {
    const upstream = await wiring.openConnection(connection);
    const { status, models } = await listUpstreamModels(upstream, AbortSignal.timeout(10_000));
    if (status === 401 || status === 403)
      return result(status, "provider_key_refused", "The provider refused the key. Enter it again.");
    if (status === 404)
      return result(status, "provider_path_wrong", "There is no /models at this base URL. Most end in /v1.");
    if (status >= 400)
      return result(status, "provider_failed", `The provider answered ${status}. Try again later.`);
    const listed = models.slice(0, MOST_MODELS);
    return result(
      status,
      null,
      `It works, and lists ${models.length === 1 ? "1 model" : `${models.length} models`}.`,
      listed,
    );
  } catch (error) {
    if (error instanceof GatewayError) return result(null, error.code, error.message);
    throw error;
  }
}
