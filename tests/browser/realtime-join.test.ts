import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { record } from "./support/asked.ts";
import { openBigLibrary, rows } from "./support/big-library.ts";

/* How a page begins to listen: once, and without reading again what it has just read. */
const library = openBigLibrary();

/** Joins and their answers, as they pass. */
function watchJoins(page: Page) {
  const joins: string[] = [];
  const answers: string[] = [];
  page.on("websocket", (socket) => {
    socket.on(
      "framesent",
      ({ payload }) => /"phx_join"/.test(String(payload)) && joins.push(String(payload)),
    );
    socket.on(
      "framereceived",
      ({ payload }) => /"phx_reply".*"status"/.test(String(payload)) && answers.push(String(payload)),
    );
  });
  return { joins, answers };
}

test("the organization's channel is joined at the first try, with a token, and nothing is read twice for it", async () => {
  const page = await library.visit();
  const { joins, answers } = watchJoins(page);
  const { asked, heard } = await library.open(page);
  await heard;
  await asked.quietFor(1_000);
  expect(joins).toHaveLength(1);
  expect(JSON.parse(joins[0]!)[4].access_token).toMatch(/^ey/);
  expect(answers.every((answer) => answer.includes('"status":"ok"'))).toBe(true);
  expect(asked.names()).toEqual([...new Set(asked.names())]);
});

test("what changed between the first reading and the join is read, and nothing else is", async () => {
  const page = await library.visit();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const realtime = /\/assets\/module-[^.]*\.js$/;
  const later = page.waitForRequest(realtime);
  await page.route(realtime, async (route) => {
    await released;
    await route.continue();
  });
  const lastPage = page.waitForResponse(/\/prompt_templates\?.*offset=1060/);
  const opened = await library.open(page);
  await lastPage;
  await later;
  // What the page reads of itself has been asked for.
  await opened.asked.quietFor(1_000);
  const asked = record(page);
  const name = `made-at-${Date.now()}`;
  const made = await library.rpc("create_template", { organization_id: library.org(), name });
  await library.rpc("update_organization", { organization_id: library.org(), name: "Renamed meanwhile" });
  release();
  await rows(page).getByText(name).waitFor();
  await page.getByText("Renamed meanwhile").first().waitFor();
  const things = () => [...new Set(asked.names().map((what) => what.split(/[?{]/)[0]))].sort();
  const expected = [
    "memberships",
    "prompt_templates",
    "rpc/deleted_templates",
    "rpc/library_totals",
    "rpc/missed_events",
  ];
  await expect.poll(things).toEqual(expected);
  await asked.quietFor(1_000);
  expect(things()).toEqual(expected);
  expect(asked.matching(/^prompt_templates\?/).every(({ what }) => what.includes(made.id))).toBe(true);
  await library.rpc("delete_template", { template_id: made.id });
  await rows(page).getByText(name).waitFor({ state: "detached" });
});
