import type { IncomingMessage, ServerResponse } from "node:http";
import { EVERYTHING } from "./authorization.ts";
import type { ConnectionContext } from "./connection.ts";
import type { Identity } from "./identity.ts";

interface Message {
  readonly topic: string;
  readonly event: string;
  readonly payload: unknown;
  readonly private?: boolean;
}

const LARGEST_BODY = 3 * 1024 * 1024;

function send(response: ServerResponse, status: number, error?: string): void {
  response.writeHead(status, { "content-type": "application/json", "access-control-allow-origin": "*" });
  response.end(error ? JSON.stringify({ error }) : "");
}

/**
 * Broadcasts without a socket: `POST …/api/broadcast` with `{messages: […]}`, or one message with
 * `POST …/api/broadcast/<topic>/events/<event>?private=true`. Answers 202.
 */
export async function handleBroadcastRequest(
  context: ConnectionContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === "OPTIONS") return preflight(response);
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const [, one] = /^\/realtime\/v1\/api\/broadcast(\/[^/]+\/events\/[^/]+)?$/.exec(pathname) ?? [null];
    if (one === null || request.method !== "POST") return send(response, 404, "Not found");
    const identity = await identityOf(context, request);
    if (!identity) return send(response, 401, "The apikey or the token is not valid.");
    const body = await readBody(request);
    if (body === undefined) return send(response, 413, "The message is larger than 3 MB.");
    const messages = one
      ? [single(one, searchParams.get("private") === "true", request, body)]
      : (JSON.parse(body.toString("utf8")) as { messages: Message[] }).messages;
    for (const message of messages) {
      const refused = !(await broadcast(context, identity, message));
      if (refused && one) return send(response, 403, "You do not have permissions to write to this topic.");
    }
    send(response, 202);
  } catch (error) {
    send(response, 422, `The body could not be read: ${(error as Error).message}`);
  }
}

function single(path: string, isPrivate: boolean, request: IncomingMessage, body: Buffer): Message {
  const [, topic, , event] = path.split("/").map(decodeURIComponent) as [string, string, string, string];
  const binary = request.headers["content-type"] === "application/octet-stream";
  return { topic, event, private: isPrivate, payload: binary ? body : JSON.parse(body.toString("utf8")) };
}

async function broadcast(context: ConnectionContext, identity: Identity, message: Message): Promise<boolean> {
  const { topic, event, payload } = message;
  if (typeof topic !== "string" || typeof event !== "string")
    throw new TypeError("topic and event are texts");
  const isPrivate = message.private === true;
  const rights = isPrivate ? await context.rights(topic, identity) : EVERYTHING;
  if (!rights.broadcast.write) return false;
  await context.hub.fromClient(topic, isPrivate, { type: "broadcast", event, payload });
  return true;
}

/** A session's token says who it is; without one it is the key's role. */
async function identityOf(
  context: ConnectionContext,
  request: IncomingMessage,
): Promise<Identity | undefined> {
  const byKey = context.identify.key(String(request.headers.apikey ?? ""));
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (!byKey || !token || token.startsWith("sb_")) return byKey;
  return await context.identify.token(token);
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > LARGEST_BODY) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function preflight(response: ServerResponse): void {
  response.writeHead(204, {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "POST, OPTIONS",
    "access-control-allow-headers": "authorization, apikey, content-type, x-client-info",
  });
  response.end();
}
