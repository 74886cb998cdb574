import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { CORS_HEADERS } from "./cors.ts";

/** A JSON answer that scripts of any origin may read. */
export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...CORS_HEADERS, ...headers },
  });
}

/** A GatewayError as the answer OpenAI's SDKs understand. */
export function errorResponse(error: GatewayError, headers: Record<string, string> = {}): Response {
  return jsonResponse(error.toBody(), error.status, { ...headers, ...error.headers });
}

/** What was thrown, if it is for the caller to know; anything else is an `internal_error` and nothing more. */
export function expected(thrown: unknown): GatewayError {
  return thrown instanceof GatewayError ? thrown : new GatewayError("internal_error");
}
