import { Socket } from "node:net";
import postgres from "postgres";
import { expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { unbroken } from "../_shared/server/db/unbroken.ts";

const { hostname, port, username, password, pathname } = new URL(useStack().dbUrl);

/** What was asked is with the driver, in the same turn of the event loop. */
const settledMicrotasks = () => new Promise<void>((done) => process.nextTick(done));

it("a connection that breaks while a query is about to be written costs that query, and none after it", async () => {
  const sockets: Socket[] = [];
  const ask = unbroken(() =>
    postgres({
      host: hostname,
      port: Number(port),
      username,
      password,
      database: pathname.slice(1),
      max: 1,
      // Nobody waits for it, or a test of a minute fails.
      connect_timeout: 300,
      backoff: () => 0,
      // One the test can break.
      socket: () =>
        new Promise((connected) => {
          const socket = new Socket();
          sockets.push(socket);
          socket.connect(Number(port), hostname, () => connected(socket));
        }),
    } as postgres.Options<Record<string, never>>),
  );
  const one = () => ask((sql) => sql`select 1 as one`);
  expect(await one()).toEqual([{ one: 1 }]);
  const lost = one();
  // The driver writes when this turn of the event loop ends, and is told of the broken connection before that.
  await settledMicrotasks();
  sockets[0]?.destroy();
  sockets[0]?.emit("close", false);
  await expect(lost).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  expect(await one()).toEqual([{ one: 1 }]);
  expect(await one()).toEqual([{ one: 1 }]);
  expect(sockets).toHaveLength(2);
});
