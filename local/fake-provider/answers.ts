import type { IncomingMessage, ServerResponse } from "node:http";
import type { Behaviour } from "./behaviour.ts";

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: object = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** An error in the provider's shape. */
export function fail(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
  headers: object = {},
): void {
  sendJson(response, status, { error: { message, type, param: null, code: null } }, headers);
}

/** Failures that need not know what was asked. Answers whether one of them has dealt with the request. */
export function failsAtOnce(
  { failure, retryAfter }: Behaviour,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  switch (failure) {
    case "refuse":
      request.socket.resetAndDestroy();
      return true;
    case "hang":
      return true;
    case "bad_json":
      response.writeHead(200, { "content-type": "application/json" }).end('{"choices": [');
      return true;
    case "wrong_content_type":
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>Not an API</h1>");
      return true;
    case "status_429":
      fail(response, 429, "rate_limit_error", "Rate limit reached (fake).", {
        "retry-after": String(retryAfter),
      });
      return true;
    case "status_500":
      fail(response, 500, "server_error", "The server had an error (fake).");
      return true;
    case "status_400":
      fail(response, 400, "invalid_request_error", "Unsupported parameter (fake).");
      return true;
    default:
      return false;
  }
}
