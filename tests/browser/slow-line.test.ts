import { expect, test } from "vitest";
import { makeTeam } from "../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../support/stack.ts";
import { openBrowser } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

test("a template is previewed once the tokenizer's tables are here, however long the line took for them", async () => {
  const team = await makeTeam(stack, "Be brief.");
  const { page, goto, complaints } = await browser.visitAs(team.person);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const tables = page.waitForRequest(/\/assets\/o200k_base-/);
  await page.route(/\/assets\/o200k_base-/, (route) => released.then(() => route.continue()));
  await page.clock.install();
  await goto(`/o/${team.person.organizationId}/templates/${team.templateId}/editor`);
  await tables;
  await page.clock.fastForward("01:00");
  await page.getByRole("textbox", { name: "Text of message 1" }).waitFor();
  expect(await page.getByText("takes too long").count()).toBe(0);
  release();
  await page.getByText("Can be cached").waitFor();
  expect(complaints).toEqual([]);
  await team.sql.end();
});
