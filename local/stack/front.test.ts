import { createServer, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { StackError } from "../stack-error.ts";
import { openFront } from "./front.ts";

const taken: Server[] = [];
afterEach(() => {
  for (const server of taken.splice(0)) server.close();
});

/** Takes a port, or leaves it to whoever has it already. */
async function take(port: number): Promise<void> {
  const server = createServer();
  await new Promise((done) => server.once("error", done).listen(port, "127.0.0.1", () => done(undefined)));
  taken.push(server);
}

test("a port that is taken is passed over for the next one", async () => {
  const first = await openFront(0);
  const second = await openFront(first.port);
  expect(second.port).toBeGreaterThan(first.port);
  await Promise.all([first.close(), second.close()]);
});

test("where the ports end it says so, instead of counting on", async () => {
  await Promise.all([take(65_533), take(65_534), take(65_535)]);
  for (const [wanted, says] of [
    [65_535, "Port 65535 is taken, and there is none after it. Choose another with PORT=… npm start."],
    [65_533, "No port from 65533 to 65535 is free. Choose another with PORT=… npm start."],
  ] as const)
    await expect(openFront(wanted)).rejects.toEqual(new StackError(says));
});
