import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser } from "./support/browser.ts";

const stack = useStack();
const { visitAs } = openBrowser();
const tags = Array.from({ length: 20 }, (_, i) => `tag-${i}-with-a-long-name`);
const lines = (last: string) => [...Array.from({ length: 30 }, (_, i) => `Line ${i}.`), last].join("\n");
let team: Team;

beforeAll(async () => {
  const name = "a-very-long-name-of-a-template-that-goes-on-and-on-to-the-limit1";
  team = await makeTeam(stack, lines("Be brief."), { name });
  await team.save(lines("Be kind."));
  await rpc("update_template", { template_id: team.templateId, tags });
  for (let i = 0; i < 6; i += 1)
    await rpc("set_label", { template_id: team.templateId, name: `label-${i}`, version: 2 });
  const variants = Array.from({ length: 10 }, (_, i) => ({ version: (i % 2) + 1, weight: 1000 }));
  const test = await rpc("create_ab_test", { template_id: team.templateId, name: "ten", variants });
  await rpc("start_ab_test", { test_id: (test as { id: string }).id });
});
afterAll(() => team?.sql.end());

async function rpc(name: string, args: object): Promise<unknown> {
  return (await team.person.client.rpc(name, args).throwOnError()).data;
}

const at = (page: string) => `/o/${team.person.organizationId}/${page}`;

test("a template with twenty tags and a test of ten variants is a row like others", async () => {
  const { page, goto } = await visitAs(team.person);
  await goto(at("library"));
  const row = page.getByRole("list", { name: "Templates" }).getByRole("listitem");
  await row.getByText("and 17 more").waitFor();
  await row.getByText("9 versions · A/B of 10").waitFor();
  expect((await row.boundingBox())?.height).toBeLessThan(110);
});

test("a version with many labels names a few of them, and lines that did not change unfold where they are", async () => {
  const { page, goto } = await visitAs(team.person);
  await goto(at(`templates/${team.templateId}/history`));
  await page.getByRole("list", { name: "Versions" }).getByText("and 2 more").waitFor();
  const changes = page.getByRole("region", { name: "Changes in Message 1" });
  await changes.getByText("Be kind.").waitFor();
  expect(await changes.getByText("Line 3.", { exact: true }).count()).toBe(0);
  await expectAccessible(page);
  await changes.getByRole("button", { name: "unchanged lines" }).click();
  await changes.getByText("Line 3.", { exact: true }).waitFor();
});

test("on a phone the tab where one is can be seen", async () => {
  const { page, goto } = await visitAs(team.person, { size: "phone" });
  await goto(at("settings/account"));
  const tab = page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Account" });
  await tab.waitFor();
  const { x = 0, width = 0 } = (await tab.boundingBox()) ?? {};
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(360);
});
