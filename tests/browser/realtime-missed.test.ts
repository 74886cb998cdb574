import type { WebSocketRoute } from "playwright-core";
import { expect, test } from "vitest";
import { record } from "./support/asked.ts";
import { openBigLibrary, rows } from "./support/big-library.ts";

/* A page that could not listen for a while learns what it missed. */
const library = openBigLibrary();

test("what was missed while the connection was lost is read once it is back", async () => {
  const page = await library.visit();
  let down = false;
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/realtime\/v1\//, (socket) => {
    if (down) return void socket.close({ code: 1012 });
    socket.connectToServer();
    sockets.push(socket);
  });
  const opened = await library.open(page);
  await opened.heard;
  await opened.asked.quietFor(1_000);
  down = true;
  await Promise.all(sockets.splice(0).map((socket) => socket.close({ code: 1012 })));
  const { templateId } = library.team();
  const describe = (description: string) =>
    library.rpc("update_template", { template_id: templateId, description });
  await describe("Said while nobody listened");
  const asked = record(page);
  await page.waitForTimeout(1_500);
  expect(asked.names()).toEqual([]);
  down = false;
  await rows(page).first().getByText("Said while nobody listened").waitFor();
  await asked.quietFor(1_500);
  expect(asked.matching(/missed_events/)).toHaveLength(1);
  expect(asked.matching(/^prompt_templates\?/).every(({ what }) => what.includes(templateId))).toBe(true);
  await describe("And heard again");
  await rows(page).first().getByText("And heard again").waitFor();
});

test("a channel that the server closes is joined again, and what was missed meanwhile is read", async () => {
  const page = await library.visit();
  const topic = `realtime:org:${library.org()}`;
  let close = () => {};
  let joins = 0;
  await page.routeWebSocket(/\/realtime\/v1\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const [joinRef, , to, event] = JSON.parse(String(message));
      if (to === topic && event === "phx_join") {
        joins += 1;
        close = () => {
          server.send(JSON.stringify([joinRef, "99", topic, "phx_leave", {}]));
          socket.send(JSON.stringify([joinRef, joinRef, topic, "phx_close", {}]));
        };
      }
      server.send(message);
    });
  });
  const { heard } = await library.open(page);
  await heard;
  close();
  await library.rpc("update_template", {
    template_id: library.team().templateId,
    description: "Said to a closed channel",
  });
  await rows(page).first().getByText("Said to a closed channel").waitFor();
  expect(joins).toBe(2);
});
