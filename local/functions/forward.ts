import { Agent, type IncomingMessage, request, type ServerResponse } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** They describe one connection and not the message. */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
  "te",
]);

/**
 * Hands a request over to a server on this machine and its response back, as bytes and in both directions at
 * once. If the caller goes away, so does the request.
 */
export function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  path: string,
): void {
  const upstream = request({
    agent,
    host: "127.0.0.1",
    port,
    path,
    method: incoming.method,
    headers: requestHeaders(incoming),
  });
  upstream.on("response", (response) => {
    outgoing.writeHead(response.statusCode ?? 502, responseHeaders(response));
    // A stream's reader wants to know that it has begun; anything else saves a packet.
    if (response.headers["content-type"]?.startsWith("text/event-stream")) outgoing.flushHeaders();
    response.on("error", () => outgoing.destroy());
    response.pipe(outgoing);
  });
  upstream.on("error", () => {
    if (outgoing.headersSent) outgoing.destroy();
    else answerUnavailable(outgoing);
  });
  outgoing.on("close", () => {
    upstream.destroy();
    // What is left of a body nobody reads must still leave the connection, or the next request on it waits for ever.
    incoming.unpipe(upstream);
    incoming.resume();
  });
  incoming.pipe(upstream);
}

/** What Supabase answers for a function that does not start. */
export function answerUnavailable(outgoing: ServerResponse): void {
  outgoing.writeHead(503, { "content-type": "application/json", "sb-error-code": "BOOT_ERROR" });
  outgoing.end(
    JSON.stringify({ code: "BOOT_ERROR", message: "Function failed to start (please check logs)" }),
  );
}

function requestHeaders(incoming: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name)) headers[name] = value;
  }
  if (incoming.headers["transfer-encoding"]) headers["transfer-encoding"] = "chunked";
  const peer = incoming.socket.remoteAddress ?? "";
  const before = incoming.headers["x-forwarded-for"];
  headers["x-forwarded-for"] = before ? `${before}, ${peer}` : peer;
  return headers;
}

function responseHeaders({ rawHeaders }: IncomingMessage): string[] {
  const headers: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (!HOP_BY_HOP.has(name.toLowerCase())) headers.push(name, rawHeaders[i + 1] as string);
  }
  return headers;
}
