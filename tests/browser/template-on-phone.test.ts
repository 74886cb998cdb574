import { afterEach, beforeAll, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();
let team: Team;
let visitor: TestPage;
beforeAll(async () => {
  team = await makeTeam(stack, "You are {{ role }}.", { name: "customer-support-agent" });
});
afterEach(() => visitor?.context.close());

test.each([
  [360, "light"],
  [360, "dark"],
  [400, "light"],
  [400, "dark"],
] as const)(
  "at %i pixels, %s, a template's pages are one row that shows the one that is open, and nothing is lost",
  async (width, theme) => {
    visitor = await browser.visitAs(team.person, { size: "phone", theme });
    const { page, follow, goto, screenshot } = visitor;
    await page.setViewportSize({ width, height: 780 });
    const path = `/o/${team.person.organizationId}/templates/${team.templateId}`;
    await goto(`${path}/editor`);
    const tabs = page.getByRole("navigation", { name: team.name }).getByRole("link");
    await page.getByRole("textbox", { name: "Text of message 1" }).waitFor();
    await page.getByRole("button", { name: "Copy template id" }).waitFor();
    await page.getByText("v1 · active").waitFor();
    await expect.poll(() => tabs.count()).toBe(6);
    const tops = () => tabs.evaluateAll((all) => all.map((tab) => Math.round(tab.getBoundingClientRect().y)));
    await expect.poll(async () => new Set(await tops()).size).toBe(1);
    const header = page.locator("header", { has: page.getByRole("heading", { name: team.name }) });
    await expect
      .poll(async () => (await header.boundingBox())?.height, {
        message: "name, state with what to do, and one row of pages",
      })
      .toBeLessThan(130);
    await expectAccessible(page);
    await screenshot(`template-${width}`);
    for (const [place, name] of [
      ["logs", "Logs"],
      ["editor", "Editor"],
    ] as const) {
      await follow(`${path}/${place}`);
      const open = page.getByRole("link", { name, exact: true }).and(page.locator("[aria-current=page]"));
      await expect
        .poll(async () => {
          const box = await open.boundingBox();
          return box !== null && box.x >= 0 && box.x + box.width <= width;
        })
        .toBe(true);
      if (place === "logs") await screenshot(`template-logs-${width}`);
    }
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(width);
  },
);

test("a count that comes late into a tab's name leaves the tab that is open in view", async () => {
  const wordy = await makeTeam(stack, "The answer should be written in English.");
  const { client, organizationId } = wordy.person;
  const asked = await client.rpc("request_recommendations", { template_id: wordy.templateId }).throwOnError();
  const worked = await client.functions.invoke("recommendations/run", { body: { job_id: asked.data.id } });
  if (worked.error) throw worked.error;
  visitor = await browser.visitAs(wordy.person, { size: "phone" });
  const { page, goto } = visitor;
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route("**/rest/v1/prompt_recommendations?**", (route) => released.then(() => route.continue()));
  await goto(`/o/${organizationId}/templates/${wordy.templateId}/logs`);
  const row = page.getByRole("navigation", { name: wordy.name });
  /** How far the open tab reaches out of the row. */
  const beyond = () =>
    row.evaluate((nav) => {
      const tab = nav.querySelector("[aria-current=page]")?.getBoundingClientRect();
      const { left, right } = nav.getBoundingClientRect();
      return tab ? Math.round(Math.max(left - tab.left, tab.right - right)) : null;
    });
  await expect.poll(beyond).toBeLessThanOrEqual(0);
  release();
  await row.getByRole("link", { name: /Recommendations \d+ open/ }).waitFor();
  await expect.poll(beyond).toBeLessThanOrEqual(0);
});
