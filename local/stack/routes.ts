import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { AuthServer } from "../api/start-auth.ts";
import type { RestServer } from "../api/start-rest.ts";
import { serveMails } from "../dashboard/mail-page.ts";
import { answerUnavailable, forward } from "../functions/forward.ts";
import type { FunctionRunner } from "../functions/function-runner.ts";
import type { RealtimeServer } from "../realtime/realtime-server.ts";
import { type Handler, pathOf, type Routes } from "./front.ts";

export interface Parts {
  readonly url: string;
  readonly publishableKey: string;
  readonly providerIsFake: boolean;
  readonly auth: AuthServer;
  readonly rest: RestServer;
  readonly realtime: RealtimeServer;
  readonly functions: FunctionRunner;
  readonly dashboard: Handler;
}

/** Where each path of the one port leads. */
export function routesTo(parts: Parts): Routes {
  return new Map<string, Handler>([
    ["/rest/v1", withForwardedFor(getRequestListener((request) => parts.rest.fetch(request)))],
    ["/auth/v1", withForwardedFor(getRequestListener((request) => parts.auth.fetch(request)))],
    ["/realtime/v1", (request, response) => parts.realtime.handleRequest(request, response)],
    ["/functions/v1", (request, response) => void callFunction(parts.functions, request, response)],
    ["/storage/v1", notHere],
    [
      "/local/mail",
      onThisMachine((request, response) => serveMails(parts.auth.mailbox.list(), request, response)),
    ],
    ["/local/health", (_request, response) => sendJson(response, 200, { nemo: true, pid: process.pid })],
    ["/config.json", onThisMachine((request, response) => serveConfig(parts, request, response))],
    ["/", parts.dashboard],
  ]);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

const notHere: Handler = (_request, response) =>
  sendJson(response, 404, { message: "The local stack has no storage; Nemo keeps no files." });

/** Supabase's gateway tells the services behind it who called. */
function withForwardedFor(handler: (request: IncomingMessage, response: ServerResponse) => unknown): Handler {
  return (request, response) => {
    const before = request.headers["x-forwarded-for"];
    const peer = request.socket.remoteAddress ?? "";
    const value = before ? `${before}, ${peer}` : peer;
    // The listener builds its request from the raw headers.
    const kept = request.rawHeaders.filter((_part, index, raw) => !isForwardedFor(raw[index - (index % 2)]));
    request.rawHeaders = [...kept, "x-forwarded-for", value];
    handler(request, response);
  };
}

const isForwardedFor = (name: string | undefined): boolean => name?.toLowerCase() === "x-forwarded-for";

/** The function sees its own name in front of the path, as on Supabase. */
async function callFunction(
  functions: FunctionRunner,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "").slice("/functions/v1".length);
  const name = pathOf(request).split("/")[3] ?? "";
  if (!functions.has(name)) {
    sendJson(response, 404, { code: "NOT_FOUND", message: "Requested function was not found" });
    return;
  }
  try {
    forward(request, response, await functions.port(name), path);
  } catch {
    answerUnavailable(response);
  }
}

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * For what needs no key. A page of somewhere else may have its own name point at this machine, and its script would
 * then read the mails that people sign in with; by its name it is told from the dashboard.
 */
const onThisMachine =
  (handler: Handler): Handler =>
  (request, response) => {
    if (LOOPBACK_HOST.test(request.headers.host ?? "")) return handler(request, response);
    sendJson(response, 421, { message: "This is told on this machine only, as localhost or 127.0.0.1." });
  };

/**
 * What the dashboard has to know before it can do anything. Its own origin is the API's, under whichever of
 * the machine's names it was opened.
 */
function serveConfig(parts: Parts, request: IncomingMessage, response: ServerResponse): void {
  const origin = `http://${request.headers.host}`;
  sendJson(response, 200, {
    supabaseUrl: origin,
    publishableKey: parts.publishableKey,
    gatewayUrl: `${origin}/functions/v1/gateway/v1`,
    providerIsFake: parts.providerIsFake,
    mailUrl: `${origin}/local/mail`,
  });
}
