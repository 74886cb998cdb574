import type { Page } from "playwright-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { type Person, useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

/** More than the first screen's worth. */
const TEMPLATES = 70;
const FIRST_SCRIPTS = 10;
const FIRST_SCRIPT_BYTES = 180_000;

let owner: Person;
let visitor: TestPage;

beforeAll(async () => {
  owner = await stack.signUp();
  const names = Array.from({ length: TEMPLATES - 1 }, (_, index) => `agent-${index + 1}`);
  for (const name of ["the-oldest", ...names])
    await owner.client.rpc("create_template", { organization_id: owner.organizationId, name }).throwOnError();
});
afterEach(() => visitor?.context.close());

const HINT = "//# allFunctionsCalledOnLoad";

const rows = (page: Page) => page.getByRole("list", { name: "Templates", exact: true }).getByRole("listitem");

/** Answers to such requests wait until they are released; `asked` is when the first one comes. */
async function hold(page: Page, url: string | RegExp) {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const asked = page.waitForRequest(url);
  await page.route(url, async (route) => {
    await released;
    await route.continue();
  });
  return { asked, release };
}

test("code of what floats comes when the page is idle, and asks to be compiled whole beside it", async () => {
  visitor = await browser.visitAs(owner);
  const { page, goto } = visitor;
  const beginnings: Record<string, string> = {};
  page.on("response", async (response) => {
    const name = /\/assets\/(menu-popup|dialog-popup|base|library-page)-[^/]*\.js$/.exec(response.url())?.[1];
    if (name) beginnings[name] = (await response.text()).slice(0, HINT.length);
  });
  await goto(`/o/${owner.organizationId}/library`);
  await expect
    .poll(() => Object.keys(beginnings).sort())
    .toEqual(["base", "dialog-popup", "library-page", "menu-popup"]);
  const whole = Object.keys(beginnings).filter((name) => beginnings[name] === HINT);
  expect(whole.sort()).toEqual(["dialog-popup", "menu-popup"]);
});

test("the first page's code and data are asked for before React is here, and only once", async () => {
  visitor = await browser.visitAs(owner);
  const { page, goto, complaints } = visitor;
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const react = await hold(page, /\/assets\/base-/);
  const early = Promise.all(
    [/\/memberships\?/, /\/prompt_templates\?/, /\/assets\/library-page-/].map((url) =>
      page.waitForRequest(url),
    ),
  );
  const opened = goto(`/o/${owner.organizationId}/library`);
  await Promise.all([react.asked, early]);
  react.release();
  await opened;
  await rows(page).first().waitFor();
  const offsets = () =>
    asked
      .filter((url) => url.includes("/prompt_templates?"))
      .map((url) => new URL(url).searchParams.get("offset"));
  await expect.poll(offsets).toEqual(["0", "60"]);
  await page.waitForLoadState("networkidle");
  expect(offsets()).toEqual(["0", "60"]);
  expect(asked.filter((url) => url.includes("/memberships?"))).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test("the library is there after a few scripts that weigh little", async () => {
  visitor = await browser.visitAs(owner);
  const { page, context, goto } = visitor;
  await context.addInitScript(() => {
    // What is fetched only because this machine has kept the page waiting for long is not what is measured.
    const soon = window.setTimeout;
    window.setTimeout = ((task: () => void, ms = 0) => (ms < 2_000 ? soon(task, ms) : 0)) as typeof soon;
    const observer = new MutationObserver(() => {
      if (!document.querySelector('ul[aria-label="Templates"] li')) return;
      observer.disconnect();
      performance.mark("first row");
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  await goto(`/o/${owner.organizationId}/library`);
  await rows(page).first().waitFor();
  const scripts = await page.evaluate(() => {
    const shown = performance.getEntriesByName("first row")[0]!.startTime;
    const fetched = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    return fetched
      .filter(({ name, startTime }) => name.endsWith(".js") && startTime < shown)
      .map(({ name, encodedBodySize }) => ({ name: name.split("/").at(-1), bytes: encodedBodySize }));
  });
  expect(scripts.map(({ name }) => name).length, JSON.stringify(scripts)).toBeLessThanOrEqual(FIRST_SCRIPTS);
  expect(scripts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(FIRST_SCRIPT_BYTES);
});

test("what is looked for before all templates are here is not said to be missing", async () => {
  visitor = await browser.visitAs(owner);
  const { page, goto } = visitor;
  const rest = await hold(page, /\/prompt_templates\?.*offset=60/);
  await goto(`/o/${owner.organizationId}/library`);
  await rest.asked;
  await page.getByLabel("Find by name, tag or description").fill("agent-2");
  await page.getByText(/ so far$/).waitFor();
  await page.getByLabel("Find by name, tag or description").fill("oldest");
  await page.getByRole("main").getByRole("status", { name: "Loading" }).waitFor();
  expect(await page.getByText("Nothing matches").count()).toBe(0);
  rest.release();
  await page.getByText(`1 of ${TEMPLATES}`).waitFor();
});

test("a slow connection is told that something is coming, and a press that came too soon is kept", async () => {
  visitor = await browser.visitAs(owner);
  const { page, goto } = visitor;
  const react = await hold(page, /\/assets\/base-/);
  const menus = await hold(page, /\/assets\/menu-popup-.*\.js$/);
  const opened = goto(`/o/${owner.organizationId}/library`);
  await page.getByText("Nemo is loading…").waitFor();
  react.release();
  await opened;
  await rows(page).first().waitFor();
  const yours = page.getByRole("button", { name: "Your menu:" });
  await yours.click();
  await page.locator('button[aria-busy="true"]').waitFor();
  menus.release();
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
  expect(visitor.complaints).toEqual([]);
});

test("a page whose code is slow leaves nothing of the page before", async () => {
  visitor = await browser.visitAs(owner);
  const { page, goto } = visitor;
  const audit = await hold(page, /\/assets\/audit-page-.*\.js$/);
  await goto(`/o/${owner.organizationId}/library`);
  await rows(page).first().waitFor();
  await page.getByRole("link", { name: "Audit" }).click();
  await page.getByRole("main").getByRole("status", { name: "Loading" }).waitFor();
  await expect.poll(() => rows(page).count()).toBe(0);
  audit.release();
  await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
});
