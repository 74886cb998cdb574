import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Sql } from "postgres";
import { WebSocketServer } from "ws";
import type { Secrets } from "../stack/secrets.ts";
import { readableMessages, rightsOn } from "./authorization.ts";
import { Connection, type ConnectionContext } from "./connection.ts";
import { hearDatabaseBroadcasts } from "./database-broadcasts.ts";
import { Hub } from "./hub.ts";
import { identifyWith } from "./identity.ts";
import { handleBroadcastRequest } from "./rest-broadcast.ts";

export interface RealtimeServer {
  /** A WebSocket wants to be opened under `/realtime/v1`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** `POST /realtime/v1/api/broadcast…` */
  handleRequest(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

export interface RealtimeOptions {
  readonly secrets: Secrets;
  /** As the superuser: it writes the probe rows. */
  readonly sql: Sql;
  /** As the superuser: it reads the replication stream. */
  readonly url: string;
}

const LARGEST_FRAME = 3 * 1024 * 1024;
/** Clients send a heartbeat every 25 seconds. */
const SILENCE_MS = 70_000;
const SWEEP_MS = 15_000;

/**
 * Supabase Realtime for one machine: broadcast, from clients and from the database, and presence. Private
 * channels are authorised by row level security on `realtime.messages`.
 */
export async function startRealtime({ secrets, sql, url }: RealtimeOptions): Promise<RealtimeServer> {
  const hub = new Hub();
  const identify = identifyWith(secrets);
  const context: ConnectionContext = {
    hub,
    identify,
    rights: (topic, identity) => rightsOn(sql, topic, identity),
    readable: (topic, identity, ids) => readableMessages(sql, topic, identity, ids),
  };
  const connections = new Set<Connection>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  const database = await hearDatabaseBroadcasts(url, (message) => hub.fromDatabase(message));

  const handleUpgrade: RealtimeServer["handleUpgrade"] = (request, socket, head) => {
    const [pathname = "", query] = (request.url ?? "").split("?", 2);
    const searchParams = new URLSearchParams(query);
    if (!/^\/(realtime\/v1|socket)\/websocket$/.test(pathname)) return refuse(socket, 404, "Not found");
    const identity = identify.key(searchParams.get("apikey") ?? String(request.headers.apikey ?? ""));
    if (!identity) return refuse(socket, 401, "The apikey is not one of this project.");
    const version = searchParams.get("vsn") === "2.0.0" ? "2.0.0" : "1.0.0";
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const connection = new Connection(opened, version, identity, context);
      connections.add(connection);
      opened.once("close", () => connections.delete(connection));
    });
  };

  // Whoever lost access on a silent topic would otherwise keep seeing who comes and goes.
  const sweep = setInterval(() => {
    for (const channel of hub.channels()) channel.recheck().catch(() => {});
    for (const connection of connections) {
      if (Date.now() - connection.lastSeen > SILENCE_MS) connection.terminate();
    }
  }, SWEEP_MS);
  sweep.unref();

  return {
    handleUpgrade,
    handleRequest: (request, response) => void handleBroadcastRequest(context, request, response),
    close: async () => {
      clearInterval(sweep);
      for (const connection of connections) connection.terminate();
      sockets.close();
      await database.close();
    },
  };
}

function refuse(socket: Duplex, status: number, error: string): void {
  const body = JSON.stringify({ error });
  const reason = status === 401 ? "Unauthorized" : "Not Found";
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
