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
    const boxes = await Promise.all((await tabs.all()).map((tab) => tab.boundingBox()));
    expect(boxes).toHaveLength(6);
    expect(new Set(boxes.map((box) => Math.round(box!.y))).size).toBe(1);
    const height = (await page
      .locator("header", { has: page.getByRole("heading", { name: team.name }) })
      .boundingBox())!.height;
    expect(height, "name, state with what to do, and one row of pages").toBeLessThan(130);
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
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  },
);
