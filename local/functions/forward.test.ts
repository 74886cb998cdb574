import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forward } from "./forward.ts";

let behind: Server;
let front: Server;

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

beforeAll(async () => {
  behind = createServer((_incoming, outgoing) => {
    // Answers without having read what was sent, as a function does that refuses a body for its size.
    outgoing.writeHead(413).end("too large");
  });
  const port = await listen(behind);
  front = createServer((incoming, outgoing) => forward(incoming, outgoing, port, incoming.url ?? "/"));
  await listen(front);
});

afterAll(() => {
  for (const server of [front, behind]) {
    server.close();
    server.closeAllConnections();
  }
});

test("an answer that came before the body was read leaves the connection usable for the next request", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (body: Buffer) =>
    new Promise<number | undefined>((resolve, reject) => {
      const port = (front.address() as AddressInfo).port;
      const outgoing = request({ agent, host: "127.0.0.1", port, method: "POST", path: "/" });
      outgoing.on("error", reject);
      outgoing.on("response", (response) => response.resume().on("end", () => resolve(response.statusCode)));
      outgoing.end(body);
    });
  expect(await send(Buffer.alloc(5 * 1024 * 1024))).toBe(413);
  expect(await send(Buffer.from("small"))).toBe(413);
  agent.destroy();
});
