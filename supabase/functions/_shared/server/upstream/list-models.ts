import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { readAtMost } from "../http/read-body.ts";
import { refuseRedirect, type Upstream } from "./call-upstream.ts";

/** Far more than any provider's list; what is longer is no list of models. */
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * The names of the models a provider lists, with its HTTP status; none when the status is not 2xx. Throws
 * `upstream_timeout` when the signal ends it, `upstream_unreachable` or `upstream_invalid_response`.
 */
export async function listUpstreamModels(
  upstream: Upstream,
  signal: AbortSignal,
): Promise<{ status: number; models: string[]; list: Record<string, unknown>[] }> {
  try {
    const response = await fetch(`${upstream.baseUrl}/models`, {
      headers: upstream.apiKey === null ? {} : { authorization: `Bearer ${upstream.apiKey}` },
      redirect: "manual",
      signal,
    });
    await refuseRedirect(response);
    if (!response.ok) {
      await response.body?.cancel();
      return { status: response.status, models: [], list: [] };
    }
    const list = parseList(await readAtMost(response.body, MOST_BYTES, MOST_BYTES));
    return { status: response.status, models: list.map(({ id }) => String(id).slice(0, 200)), list };
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new GatewayError(signal.aborted ? "upstream_timeout" : "upstream_unreachable");
  }
}

function parseList(bytes: Uint8Array | null): Record<string, unknown>[] {
  try {
    const { data } = JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array()));
    return (data as Record<string, unknown>[]).filter(({ id }) => typeof id === "string");
  } catch {
    throw new GatewayError("upstream_invalid_response", { detail: "It is not a list of models." });
  }
}
