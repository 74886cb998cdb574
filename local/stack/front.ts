import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { StackError } from "../stack-error.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The handler for a path is that of the longest prefix it begins with. */
export type Routes = ReadonlyMap<string, Handler>;

/** The one port that everything is reached through. */
export interface Front {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** From now on requests are served; until then they are told to come back in a second. */
  open(routes: Routes, upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): void;
  close(): Promise<void>;
}

/** How long requests that have begun may take to finish when everything stops. */
const DRAIN_MS = 3_000;
/** How many ports from the wanted one on are tried, and the last there is. */
const PORTS_TO_TRY = 50;
const LAST_PORT = 65_535;

/**
 * Takes the port, or the next free one after it (0: any), before anything else is started: the address is
 * part of what the other parts are configured with.
 */
export async function openFront(wantedPort: number): Promise<Front> {
  let routes: Routes = new Map();
  let inFlight = 0;
  const server = createServer({ shouldUpgradeCallback: asksForWebSocket }, (request, response) => {
    inFlight++;
    response.once("close", () => inFlight--);
    const handler = handlerFor(routes, pathOf(request));
    if (handler) handler(request, response);
    else
      response
        .writeHead(503, { "retry-after": "1", "content-type": "text/plain" })
        .end("Nemo is starting.\n");
  });
  // Streams last as long as a model talks, and uploads as long as they take.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, wantedPort);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    open: (opened, upgrade) => {
      routes = opened;
      server.on("upgrade", (request, socket, head) => {
        // From here on the socket is nobody's but ours: an error that nobody listens for would end the process.
        socket.on("error", () => socket.destroy());
        try {
          upgrade(request, socket, head);
        } catch {
          socket.destroy();
        }
      });
    },
    close: async () => {
      server.close();
      server.closeIdleConnections();
      const deadline = Date.now() + DRAIN_MS;
      while (inFlight > 0 && Date.now() < deadline) await delay(20);
      server.closeAllConnections();
    },
  };
}

/** Java's client asks for h2c with every request: any other upgrade than a socket's is passed over, as HTTP allows. */
const asksForWebSocket = (request: IncomingMessage): boolean =>
  request.headers.upgrade?.toLowerCase() === "websocket";

export const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0] as string;

function handlerFor(routes: Routes, path: string): Handler | undefined {
  let best: string | undefined;
  for (const prefix of routes.keys()) {
    const matches = prefix === "/" || path === prefix || path.startsWith(`${prefix}/`);
    if (matches && prefix.length > (best?.length ?? 0)) best = prefix;
  }
  return best === undefined ? undefined : routes.get(best);
}

async function listen(server: Server, wanted: number): Promise<number> {
  const last = Math.min(wanted + PORTS_TO_TRY - 1, LAST_PORT);
  for (let port = wanted; port <= last; port++) {
    const listening = await tryPort(server, port);
    if (listening) return (server.address() as AddressInfo).port;
  }
  const tried =
    last > wanted
      ? `No port from ${wanted} to ${last} is free.`
      : `Port ${wanted} is taken, and there is none after it.`;
  throw new StackError(`${tried} Choose another with PORT=… npm start.`);
}

function tryPort(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else reject(error);
    };
    server.once("error", refused);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", refused);
      resolve(true);
    });
  });
}
