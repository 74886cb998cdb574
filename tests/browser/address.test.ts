import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { recordRequests } from "../support/record-requests.ts";
import { useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const { visitAs } = openBrowser();
let team: Team;
let visitor: TestPage;

beforeAll(async () => {
  team = await makeTeam(stack, "Be brief.", { name: "answers" });
  const { client, organizationId } = team.person;
  for (const name of ["mail-one", "mail-two"])
    await client.rpc("create_template", { organization_id: organizationId, name }).throwOnError();
  await recordRequests(
    team,
    null,
    [200, 200, 500].map((status) => ({ variant: null, version: 1, status })),
  );
});
afterAll(() => team?.sql.end());
beforeEach(async () => {
  visitor = await visitAs(team.person);
  return () => visitor.context.close();
});

const at = (page: string) => `/o/${team.person.organizationId}/${page}`;

async function choose(label: string, option: string) {
  const { page } = visitor;
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option }).click();
}

test("whoever comes back to the library finds it as it was searched and sorted", async () => {
  const { page, goto, complaints } = visitor;
  await goto(at("library"));
  const rows = page.getByRole("list", { name: "Templates" }).getByRole("listitem");
  await page.getByLabel("Find by name, tag or description").fill("mail");
  await choose("Order", "By name");
  await expect.poll(() => rows.count()).toBe(2);
  await expect.poll(() => new URL(page.url()).search).toBe("?search=mail&order=name");
  await rows.first().getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: "mail-one" }).waitFor();
  await page.goBack();
  await expect.poll(() => rows.count()).toBe(2);
  await expect.poll(() => page.getByLabel("Find by name, tag or description").inputValue()).toBe("mail");
  await page.getByRole("combobox", { name: "Order" }).getByText("By name").waitFor();
  // Its own link is the whole library again.
  await page.getByRole("navigation").getByRole("link", { name: "Library" }).first().click();
  await expect.poll(() => rows.count()).toBe(3);
  expect(complaints).toEqual([]);
});

test("logs narrowed are the same after the page is loaded again, and for whoever gets the link", async () => {
  const { page, goto } = visitor;
  await goto(at("logs"));
  const rows = page.getByRole("table", { name: "Requests" }).getByRole("row");
  await expect.poll(() => rows.count()).toBe(4);
  await choose("Outcome", "5xx, broken");
  await choose("Time", "Last 24 hours");
  await expect.poll(() => rows.count()).toBe(2);
  await expect.poll(() => new URL(page.url()).search).toBe("?outcome=5xx&hours=24");
  await page.reload();
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByRole("combobox", { name: "Time" }).getByText("Last 24 hours").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect.poll(() => rows.count()).toBe(4);
  await expect.poll(() => new URL(page.url()).search).toBe("");
});

test("analytics and the audit log keep their time, and a dialog is no place in the history", async () => {
  const { page, goto } = visitor;
  await goto(at("analytics"));
  await choose("Time", "Last 30 days");
  await expect.poll(() => new URL(page.url()).search).toBe("?days=30");
  await page.getByRole("navigation").getByRole("link", { name: "Audit" }).click();
  await choose("Time", "Last 7 days");
  await expect.poll(() => new URL(page.url()).search).toBe("?days=7");
  await page.getByRole("button", { name: "template.created" }).first().click();
  await page.getByRole("dialog").getByText("Keep as evidence").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.goBack();
  await page.getByRole("combobox", { name: "Time" }).getByText("Last 30 days").waitFor();
  await page.goForward();
  await page.getByRole("combobox", { name: "Time" }).getByText("Last 7 days").waitFor();
});

test("what could not be read while the connection was away is read when it is back", async () => {
  const { page, goto, context } = visitor;
  await goto(at("logs"));
  const rows = page.getByRole("table", { name: "Requests" }).getByRole("row");
  await expect.poll(() => rows.count()).toBe(4);
  await choose("Outcome", "Answered");
  await expect.poll(() => rows.count()).toBe(3);
  await context.setOffline(true);
  await choose("Outcome", "5xx, broken");
  await page.getByText("The server did not answer.").waitFor();
  await context.setOffline(false);
  await expect.poll(() => rows.count()).toBe(2);
});
