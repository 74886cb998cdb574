import type { Locator } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { recordRequests } from "../support/record-requests.ts";
import { useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const { visitAs } = openBrowser();
const name = "answers-to-customers-by-name";
let team: Team;
let visitor: TestPage;

beforeAll(async () => {
  team = await makeTeam(stack, "Be brief.", { name });
  await team.save("Be kind.");
  await team.person.client
    .rpc("update_template", { template_id: team.templateId, description: "What it is for. ".repeat(120) })
    .throwOnError();
  const variants = [1, 2].map((version) => ({ version, weight: 5000 }));
  const { data } = await team.person.client
    .rpc("create_ab_test", { template_id: team.templateId, name: "kind", variants })
    .single<{ id: string }>()
    .throwOnError();
  await team.person.client.rpc("start_ab_test", { test_id: data.id }).throwOnError();
  await recordRequests(team, data.id, [{ variant: "A", version: 1 }]);
});
afterAll(() => team?.sql.end());
beforeEach(async () => {
  visitor = await visitAs(team.person);
  return () => visitor.context.close();
});

const at = (page: string) => `/o/${team.person.organizationId}/${page}`;
const box = async (locator: Locator) => (await locator.boundingBox())!;
const right = async (locator: Locator) => {
  const { x, width } = await box(locator);
  return Math.round(x + width);
};

test("every filter of the logs stands in one line at 1440 px, however long what is chosen is called", async () => {
  const { page, goto } = visitor;
  await page.setViewportSize({ width: 1440, height: 900 });
  await goto(at("logs"));
  const filters = page.getByRole("search", { name: "Filter requests" });
  await filters.getByRole("combobox", { name: "Variant" }).waitFor();
  await filters.getByRole("combobox", { name: "Template" }).click();
  await page.getByRole("option", { name }).click();
  await filters.getByRole("button", { name: "Clear filters" }).waitFor();
  const boxes = filters.getByRole("combobox");
  await expect.poll(() => boxes.count()).toBeGreaterThanOrEqual(8);
  await expect
    .poll(async () => new Set((await Promise.all((await boxes.all()).map(box))).map(({ y }) => y)).size)
    .toBe(1);
});

test("what stands below each other on a page ends at the same edge", async () => {
  const { page, goto } = visitor;
  await page.setViewportSize({ width: 1440, height: 900 });
  await goto(at(`tests/new?template=${team.templateId}`));
  const plan = page.locator("section").filter({ has: page.getByRole("heading", { name: "What it takes" }) });
  const notice = page.getByText("Answers come from the built-in");
  const apart = async (one: Locator) => (await right(one)) - (await right(notice));
  await expect.poll(() => apart(plan)).toBe(0);
  await goto(at("logs"));
  await expect.poll(() => apart(page.getByRole("button", { name: "Hold" }))).toBe(0);
});

test("a long description leaves the room to what is below, and is there as a whole when asked for", async () => {
  const { page, goto } = visitor;
  await goto(at(`templates/${team.templateId}/editor`));
  const header = page.locator("header").filter({ has: page.getByRole("heading", { level: 1 }) });
  const more = header.getByRole("button", { name: "Show all of it" });
  await more.waitFor();
  const height = async (locator: Locator) => (await box(locator)).height;
  await expect.poll(() => height(header)).toBeLessThan(180);
  await more.click();
  await header.getByRole("button", { name: "Show less" }).waitFor();
  await expect.poll(() => height(header)).toBeGreaterThan(240);
});

test("on a phone a template's name has a line of its own in the library", async () => {
  const { page, goto, resize } = visitor;
  await resize("phone");
  await goto(at("library"));
  const row = page.getByRole("list", { name: "Templates" }).getByRole("listitem");
  const title = row.getByText(name, { exact: true });
  await title.waitFor();
  const badge = row.getByText("A/B 50/50");
  await badge.waitFor();
  await expect.poll(async () => (await box(title)).height).toBeLessThan(24);
  await expect
    .poll(async () => (await box(badge)).y - (await box(title)).y - (await box(title)).height)
    .toBeGreaterThan(0);
});
