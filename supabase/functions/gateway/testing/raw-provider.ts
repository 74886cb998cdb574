import { type AddressInfo, createServer, type Socket } from "node:net";

export interface RawProvider {
  /** Base URL, ends in `/v1`. */
  readonly url: string;
  readonly port: number;
  /** How many bytes it has got rid of. */
  sent(): number;
  close(): void;
}

/** What is written on the socket for one request: bytes, or a function that goes on writing. */
export type RawAnswer = string | ((socket: Socket) => void);

/** A provider that answers byte for byte what its `answers` say under the request's model. */
export async function startRawProvider(answers: Record<string, RawAnswer>): Promise<RawProvider> {
  let sent = 0;
  const server = createServer((socket) => {
    let waiting = "";
    socket.on("error", () => {});
    socket.on("close", () => {
      sent += socket.bytesWritten;
    });
    socket.on("data", (data) => {
      waiting += data;
      const end = waiting.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(waiting.slice(0, end))?.[1] ?? 0);
      if (Buffer.byteLength(waiting.slice(end + 4)) < length) return;
      const { model } = JSON.parse(waiting.slice(end + 4)) as { model: string };
      waiting = "";
      const answer = answers[model] ?? "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
      if (typeof answer === "function") answer(socket);
      else socket.end(answer);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, port, sent: () => sent, close: () => server.close() };
}

const head = (status: string, type: string) =>
  `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\nconnection: close\r\n\r\n`;

export const rawJson = (body: unknown, status = "200 OK") =>
  head(status, "application/json") + JSON.stringify(body);

/** Events of these data: a text is written as it is, anything else as JSON. */
export const rawEvents = (data: unknown[], status = "200 OK") =>
  head(status, "text/event-stream") + eventsOf(data);

export const eventsOf = (data: unknown[]) =>
  data.map((part) => `data: ${typeof part === "string" ? part : JSON.stringify(part)}\n\n`).join("");
