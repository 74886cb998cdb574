import { afterEach, beforeAll, expect, test } from "vitest";
import { type Person, useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

let owner: Person;
let visitor: TestPage;

beforeAll(async () => {
  owner = await stack.signUp();
  await owner.client
    .rpc("create_template", { organization_id: owner.organizationId, name: "support-agent" })
    .throwOnError();
});
afterEach(() => visitor?.context.close());

test("a page that breaks says so in its place, leaves the shell standing and can be tried again", async () => {
  visitor = await browser.visitAs(owner);
  const { page, goto, screenshot } = visitor;
  // No row of the table is like this; the page is not written for it.
  await page.route("**/rest/v1/prompt_templates?*", async (route) => {
    const response = await route.fetch();
    const rows = (await response.json()) as object[];
    await route.fulfill({ response, json: rows.map((row) => ({ ...row, tags: null })) });
  });
  await goto(`/o/${owner.organizationId}/library`);
  const failure = page.getByRole("alert");
  await failure.getByRole("heading", { name: "This page broke over something unexpected." }).waitFor();
  expect(await failure.getByText("unexpected", { exact: true }).count()).toBe(1);
  await screenshot("page-broken");

  await page.getByRole("link", { name: "Tests", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Tests" }).waitFor();
  await page.getByRole("link", { name: "Library" }).click();
  await failure.waitFor();

  await page.unrouteAll({ behavior: "wait" });
  await failure.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("list", { name: "Templates", exact: true }).getByText("support-agent").waitFor();
  await failure.waitFor({ state: "detached" });
});

test("a page whose code is gone after a deployment offers the new version and opens there", async () => {
  visitor = await browser.visitAs(owner);
  const { page, goto, screenshot } = visitor;
  await goto(`/o/${owner.organizationId}/library`);
  await page.getByRole("heading", { name: "Library" }).waitFor();
  await page.route("**/assets/audit-page-*.js", (route) => route.fulfill({ status: 404 }));
  await page.getByRole("link", { name: "Audit" }).click();
  const failure = page.getByRole("alert");
  await failure.getByText("page_not_loaded").waitFor();
  await page.getByRole("link", { name: "Library" }).waitFor();
  await screenshot("page-not-loaded");

  await page.unrouteAll({ behavior: "wait" });
  await failure.getByRole("button", { name: "Load the new version" }).click();
  await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
  expect(await failure.count()).toBe(0);
});
