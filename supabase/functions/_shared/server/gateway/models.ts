import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { errorResponse, expected, jsonResponse } from "../http/json-response.ts";
import { listUpstreamModels } from "../upstream/list-models.ts";
import { beginCall, receiptHeaders } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import { authenticate } from "./read-call.ts";

/** The provider's models, and `nemo/<name>` for each active template the key may use. */
export async function listModels(gateway: Gateway, request: Request): Promise<Response> {
  const call = beginCall(request, "chat.completions", gateway.newRequestId());
  try {
    authenticate(call);
    const templates = await gateway.database.models(call.keyHash as string);
    if (templates === null) throw new GatewayError("invalid_api_key");
    const ours = templates.map(({ name, created_at }) => ({
      id: `nemo/${name}`,
      object: "model",
      created: created_at,
      owned_by: "nemo",
    }));
    const data = [...ours, ...(await upstreamModels(gateway))];
    return jsonResponse({ object: "list", data }, 200, receiptHeaders(call));
  } catch (error) {
    return errorResponse(expected(error), receiptHeaders(call));
  }
}

/** A provider that does not answer costs its models, not the templates. */
async function upstreamModels(gateway: Gateway): Promise<unknown[]> {
  if (!gateway.platform) return [];
  try {
    return (await listUpstreamModels(gateway.platform, AbortSignal.timeout(5_000))).list;
  } catch {
    return [];
  }
}
