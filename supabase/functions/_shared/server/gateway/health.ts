import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { errorResponse, jsonResponse } from "../http/json-response.ts";
import type { Gateway } from "./gateway.ts";

/** Whether the gateway is there (it answers at all) and its database answers. Needs no key and tells nothing else. */
export async function answerHealth(gateway: Gateway): Promise<Response> {
  try {
    await gateway.database.health();
  } catch {
    return errorResponse(new GatewayError("database_unavailable"));
  }
  gateway.keepHouse();
  return jsonResponse({ status: "ok", database: "ok" });
}
