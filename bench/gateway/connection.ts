import { connect, type Socket } from "node:net";

/** One answer, timed with `performance.now()`. */
export interface Answered {
  status: number;
  /** The gateway's own id for the request; null from the peers. */
  requestId: string | null;
  /** The template's version that was served; null from the peers. */
  version: number | null;
  startedAt: number;
  firstByteAt: number;
  endedAt: number;
}

/** A request as bytes, so that sending it costs the load generator next to nothing. */
export function requestBytes(path: string, headers: Record<string, string>, body: object): Buffer {
  const text = JSON.stringify(body);
  const lines = Object.entries({
    host: "127.0.0.1",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n${text}`);
}

const LAST_CHUNK = "0\r\n\r\n";

/**
 * A kept-alive HTTP/1.1 connection that does as little as can be: it looks for the end of the headers and of
 * the body, and at the clock. Node's own client costs more than the gateways that are measured with it.
 */
export class Connection {
  readonly #socket: Socket;
  #receive: (bytes: Buffer) => void = () => {};
  #fail: (error: Error) => void = () => {};

  constructor(port: number) {
    this.#socket = connect({ host: "127.0.0.1", port, noDelay: true });
    this.#socket.on("data", (bytes) => this.#receive(bytes));
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () => this.#fail(new Error("the connection was closed")));
  }

  send(request: Buffer): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const startedAt = performance.now();
      let head = "";
      let left: number | null = null;
      let tail = "";
      let firstByteAt = 0;
      this.#fail = reject;
      this.#receive = (bytes) => {
        let body = bytes;
        if (left === null) {
          const text = bytes.toString("latin1");
          const end = (head + text).indexOf("\r\n\r\n");
          const before = head.length;
          head += text;
          if (end < 0) return;
          body = bytes.subarray(end + 4 - before);
          head = head.slice(0, end);
          left = lengthIn(head);
        }
        if (body.length === 0 && left !== 0) return;
        if (firstByteAt === 0) firstByteAt = performance.now();
        if (Number.isFinite(left)) left -= body.length;
        else tail = (tail + body.subarray(-5).toString("latin1")).slice(-5);
        if (left > 0 && tail !== LAST_CHUNK) return;
        this.#receive = () => {};
        this.#fail = () => {};
        resolve({
          status: Number(head.slice(9, 12)),
          requestId: /\r\nx-nemo-request-id: *(\S+)/i.exec(head)?.[1] ?? null,
          version: Number(/\r\nx-nemo-version: *(\d+)/i.exec(head)?.[1]) || null,
          startedAt,
          firstByteAt,
          endedAt: performance.now(),
        });
      };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** The body's length; infinite when it comes in chunks. */
function lengthIn(head: string): number {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  return length ? Number(length[1]) : Number.POSITIVE_INFINITY;
}
