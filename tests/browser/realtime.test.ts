import type { Page, Request, WebSocketRoute } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

/** Enough for reading all of them to be noticed. */
const TEMPLATES = 1_500;

let team: Team;
let org: string;
let visitor: TestPage;

beforeAll(async () => {
  team = await makeTeam(stack, "Be brief.", { name: "support-agent", config: { model: "fake-gpt" } });
  org = team.person.organizationId;
  await team.sql`
    insert into nemo.prompt_templates (organization_id, name, description, tags, updated_at)
    select ${org}, 'agent-' || n, repeat('What it is for. ', 5), '{one,two}', now() - n * interval '1 minute'
    from generate_series(1, ${TEMPLATES}) n`;
});
// What other stories did a moment ago was not missed.
beforeEach(() => team.sql`delete from realtime.messages where topic = ${`org:${org}`}`.then(() => {}));
afterEach(() => visitor?.context.close());
afterAll(() => team?.sql.end());

const broadcast = (event: string, payload: object = {}) =>
  team.sql`select nemo_private.broadcast(${org}, ${event}, ${team.sql.json(payload as never)})`;
const rpc = async (name: string, args: object) =>
  // biome-ignore lint/suspicious/noExplicitAny: each function answers a row of its own
  (await team.person.client.rpc(name, { ...args }).throwOnError()).data as any;

const rows = (page: Page) => page.getByRole("list", { name: "Templates", exact: true }).getByRole("listitem");

/** What the page asks the database for, as method, path and content. */
function record(page: Page) {
  const asked: { what: string; request: Request }[] = [];
  page.on("request", (request) => {
    const [, what] = /\/rest\/v1\/(.*)/.exec(request.url()) ?? [];
    if (what && request.method() !== "OPTIONS")
      asked.push({ what: what + (request.postData() ?? ""), request });
  });
  return {
    matching: (pattern: RegExp) => asked.filter(({ what }) => pattern.test(what)),
    names: () => asked.map(({ what }) => what),
    forget: () => void asked.splice(0),
  };
}

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

/** Has asked what it missed before it listened, and been told. */
const caughtUp = (page: Page) =>
  page.waitForResponse(/\/rpc\/missed_events$/, { timeout: 90_000 }).then((answer) => answer.finished());

async function openLibrary() {
  visitor = await browser.visitAs(team.person);
  const { page, goto } = visitor;
  const heard = caughtUp(page);
  const asked = record(page);
  await goto(`/o/${org}/library`);
  await rows(page).first().waitFor();
  return { page, asked, heard };
}

test("the organization's channel is joined at the first try, with a token, and nothing is read twice for it", async () => {
  visitor = await browser.visitAs(team.person);
  const { page, goto } = visitor;
  const { joins, answers } = watchJoins(page);
  const heard = caughtUp(page);
  const asked = record(page);
  await goto(`/o/${org}/library`);
  await heard;
  await page.waitForLoadState("networkidle");
  expect(joins).toHaveLength(1);
  expect(JSON.parse(joins[0]!)[4].access_token).toMatch(/^ey/);
  expect(answers.every((answer) => answer.includes('"status":"ok"'))).toBe(true);
  expect(asked.names()).toEqual([...new Set(asked.names())]);
});

test("what changed between the first reading and the join is read, and nothing else is", async () => {
  visitor = await browser.visitAs(team.person);
  const { page, goto } = visitor;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const later = page.waitForRequest(/\/assets\/module-[^.]*\.js$/);
  await page.route(/\/assets\/module-[^.]*\.js$/, async (route) => {
    await released;
    await route.continue();
  });
  const lastPage = page.waitForResponse(/\/prompt_templates\?.*offset=1060/);
  await goto(`/o/${org}/library`);
  await lastPage;
  await later;
  const asked = record(page);
  const name = `made-at-${Date.now()}`;
  const made = await rpc("create_template", { organization_id: org, name });
  await rpc("update_organization", { organization_id: org, name: "Renamed meanwhile" });
  release();
  await rows(page).getByText(name).waitFor();
  await page.getByText("Renamed meanwhile").first().waitFor();
  const things = () => [...new Set(asked.names().map((what) => what.split(/[?{]/)[0]))].sort();
  await expect
    .poll(things)
    .toEqual([
      "memberships",
      "prompt_templates",
      "rpc/deleted_templates",
      "rpc/library_totals",
      "rpc/missed_events",
    ]);
  expect(asked.matching(/^prompt_templates\?/).every(({ what }) => what.includes(made.id))).toBe(true);
  await rpc("delete_template", { template_id: made.id });
  await rows(page).getByText(name).waitFor({ state: "detached" });
});

test("a template that changes costs its own row and not the library; what is deleted leaves, what is restored returns", async () => {
  const { page, asked, heard } = await openLibrary();
  await heard;
  const whole = asked.matching(/^prompt_templates\?/);
  const bytes = async (of: typeof whole) => {
    const sizes = await Promise.all(of.map(({ request }) => request.sizes()));
    return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  };
  const before = await bytes(whole);
  await page.waitForLoadState("networkidle");
  asked.forget();

  const [{ id }] = await team.sql<[{ id: string }]>`
    select id from nemo.prompt_templates where organization_id = ${org} and name = 'agent-1400'`;
  await rpc("update_template", { template_id: id, description: "Said by somebody else" });
  await rows(page).first().getByText("Said by somebody else").waitFor();
  await rpc("delete_template", { template_id: id });
  await rows(page).getByText("Said by somebody else").waitFor({ state: "detached" });
  await rpc("restore_template", { template_id: id });
  await rows(page).first().getByText("agent-1400").waitFor();
  const changes = asked.matching(/^prompt_templates\?/);
  expect(changes.every(({ what }) => what.includes(id))).toBe(true);
  expect(changes).toHaveLength(3);
  const after = await bytes(changes);
  console.info(`library ${before} bytes, three changes ${after} bytes`);
  expect(after).toBeLessThan(before / 50);
});

test("two hundred events in a second are a few readings, and none while the page is not seen", async () => {
  const { page, asked, heard } = await openLibrary();
  await heard;
  await page.waitForLoadState("networkidle");
  const templates = await team.sql<{ id: string }[]>`
    select id from nemo.prompt_templates where organization_id = ${org} order by name limit 90`;
  const storm = async () => {
    for (const { id } of templates) await broadcast("template.changed", { template_id: id });
    for (let i = 0; i < 110; i++) await broadcast("log.written");
  };
  asked.forget();
  const began = Date.now();
  await storm();
  const named = (pattern: RegExp) => asked.matching(pattern).length;
  await expect.poll(() => named(/^rpc\/library_totals/)).toBeGreaterThan(0);
  await page.waitForTimeout(500);
  const seconds = (Date.now() - began) / 1000;
  expect(named(/^prompt_templates\?/)).toBeGreaterThan(0);
  expect(named(/^prompt_templates\?/)).toBeLessThanOrEqual(Math.ceil(seconds * 3));
  expect(named(/^rpc\/library_totals/)).toBeLessThanOrEqual(Math.ceil(seconds));
  expect(named(/offset=/)).toBe(0);

  const see = (state: "hidden" | "visible") =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, state);
  await page.waitForTimeout(3_500);
  await see("hidden");
  asked.forget();
  await storm();
  await rpc("update_template", { template_id: templates[0]!.id, description: "Unseen" });
  await page.waitForTimeout(3_500);
  expect(asked.names()).toEqual([]);
  await see("visible");
  await rows(page).first().getByText("Unseen").waitFor();
  expect(named(/offset=/)).toBe(0);
});

test("what was missed while the connection was lost is read once it is back", async () => {
  visitor = await browser.visitAs(team.person);
  const { page, goto } = visitor;
  let down = false;
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/realtime\/v1\//, (socket) => {
    if (down) return void socket.close({ code: 1012 });
    socket.connectToServer();
    sockets.push(socket);
  });
  const heard = caughtUp(page);
  await goto(`/o/${org}/library`);
  await rows(page).first().waitFor();
  await heard;
  await page.waitForLoadState("networkidle");
  down = true;
  await Promise.all(sockets.splice(0).map((socket) => socket.close({ code: 1012 })));
  await rpc("update_template", { template_id: team.templateId, description: "Said while nobody listened" });
  const asked = record(page);
  await page.waitForTimeout(1_500);
  expect(asked.names()).toEqual([]);
  down = false;
  await rows(page).first().getByText("Said while nobody listened").waitFor();
  await page.waitForTimeout(1_500);
  expect(asked.matching(/missed_events/)).toHaveLength(1);
  expect(asked.matching(/^prompt_templates\?/).every(({ what }) => what.includes(team.templateId))).toBe(
    true,
  );
  await rpc("update_template", { template_id: team.templateId, description: "And heard again" });
  await rows(page).first().getByText("And heard again").waitFor();
});

test("a channel that the server closes is joined again, and what was missed meanwhile is read", async () => {
  visitor = await browser.visitAs(team.person);
  const { page, goto } = visitor;
  const topic = `realtime:org:${org}`;
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
  const heard = caughtUp(page);
  await goto(`/o/${org}/library`);
  await rows(page).first().waitFor();
  await heard;
  close();
  await rpc("update_template", { template_id: team.templateId, description: "Said to a closed channel" });
  await rows(page).first().getByText("Said to a closed channel").waitFor();
  expect(joins).toBe(2);
});
