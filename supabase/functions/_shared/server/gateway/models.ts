import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { errorResponse, expected, jsonResponse } from "../http/json-response.ts";
import { listUpstreamModels } from "../upstream/list-models.ts";
import { beginCall, receiptHeaders } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import { authenticate } from "./read-call.ts";

/**
 * `nemo/<name>` for each active template the key may use, `<connection>/<model>` for each model the organization's own
 * providers list, and the platform's models.
 */
export async function listModels(gateway: Gateway, request: Request): Promise<Response> {
  const call = beginCall(request, "chat.completions", gateway.newRequestId());
  try {
    authenticate(call);
    const named = await gateway.database.models(call.keyHash as string);
    if (named === null) throw new GatewayError("invalid_api_key");
    const ours = named.templates.map(({ name, created_at }) => entry(`nemo/${name}`, created_at, "nemo"));
    const own = named.connections.map(({ name, model, created_at }) =>
      entry(`${name}/${model}`, created_at, name),
    );
    const data = [...ours, ...own, ...(await upstreamModels(gateway))];
    return jsonResponse({ object: "list", data }, 200, receiptHeaders(call));
  } catch (error) {
    return errorResponse(expected(error), receiptHeaders(call));
  }
}

const entry = (id: string, created: number, owned_by: string) => ({ id, object: "model", created, owned_by });

/** A provider that does not answer costs its models, not the templates. */
async function upstreamModels(gateway: Gateway): Promise<unknown[]> {
  if (!gateway.platform) return [];
  try {
    return (await listUpstreamModels(gateway.platform, AbortSignal.timeout(5_000))).list;
  } catch {
    return [];
  }
}
