import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../support/stack.ts";
import { openBrowser } from "./support/browser.ts";

const stack = useStack();
const { visitAs } = openBrowser();
let team: Team;

beforeAll(async () => {
  team = await makeTeam(stack, "Be brief.", { name: "answers" });
});
afterAll(() => team?.sql.end());

test("with colours of the reader's own, where one is and what is about to be chosen can be told", async () => {
  const { page, goto, context } = await visitAs(team.person);
  await page.emulateMedia({ forcedColors: "active" });
  await goto(`/o/${team.person.organizationId}/templates/${team.templateId}/history`);
  const tabs = page.getByRole("navigation", { name: "answers" }).getByRole("link");
  await page.getByRole("region", { name: "Version 1" }).waitFor();
  const lines = await tabs.evaluateAll((all) =>
    all.map((tab) => [
      tab.ariaCurrent === "page",
      getComputedStyle(tab).borderBottomColor !== getComputedStyle(document.documentElement).backgroundColor,
    ]),
  );
  expect(lines.length).toBeGreaterThan(4);
  for (const [current, underlined] of lines) expect(underlined).toBe(current);
  const outlined = (what: Locator) => what.evaluate((one) => getComputedStyle(one).outlineStyle);
  const rail = page.getByRole("navigation", { name: "Main" });
  await expect.poll(() => outlined(rail.getByRole("link", { name: "Library" }))).toBe("solid");
  await expect.poll(() => outlined(rail.getByRole("link", { name: "Tests" }))).toBe("none");
  await page.getByRole("button", { name: "More about answers" }).click();
  await page.keyboard.press("ArrowDown");
  const marked = page.locator('[role="menuitem"][data-highlighted]');
  await marked.waitFor();
  await expect.poll(() => outlined(marked)).toBe("solid");
  await context.close();
});

test("nothing goes on moving for whoever wants it still", async () => {
  const { page, goto, context } = await visitAs(team.person);
  const endless = () =>
    page.evaluate(
      () =>
        document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime === Infinity).length,
    );
  await goto(`/o/${team.person.organizationId}/logs`);
  await page.getByText("live", { exact: true }).waitFor();
  // Whatever was still loading has stopped shimmering by then.
  await expect.poll(endless).toBe(1);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await expect.poll(endless).toBe(0);
  await context.close();
});

test("a token that the server says has ended is renewed, whatever the clock of the machine says", async () => {
  const { page, goto, context } = await visitAs(team.person);
  const { data } = await team.person.client.auth.getSession();
  const ended = `Bearer ${data.session?.access_token}`;
  const message = { code: "PGRST303", details: null, hint: null, message: "JWT expired" };
  let refused = 0;
  await page.route("**/rest/v1/**", (route) => {
    if (route.request().headers().authorization !== ended) return route.fallback();
    refused++;
    return route.fulfill({ status: 401, json: message });
  });
  await goto(`/o/${team.person.organizationId}/library`);
  await page.getByRole("list", { name: "Templates" }).getByText("answers").waitFor();
  expect(refused).toBeGreaterThan(0);
  await context.close();
});
