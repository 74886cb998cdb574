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
  await expect.poll(async () => (await row.boundingBox())?.height).toBeLessThan(110);
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

test("of many versions and of many templates one is found by typing, and only some are drawn", async () => {
  const other = await makeTeam(stack, "Line 1.", { name: "much-written" });
  const { client, organizationId } = other.person;
  for (let i = 2; i <= 40; i += 1) await other.save(`Line ${i}.`);
  for (let i = 0; i < 110; i += 1)
    await client.rpc("create_template", { organization_id: organizationId, name: `t-${i}` }).throwOnError();
  const { page, goto } = await visitAs(other.person);
  await goto(`/o/${organizationId}/templates/${other.templateId}/history`);
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByLabel("Find: Compare with").fill("v3 ");
  await page.getByLabel("Find: Compare with").fill("v33");
  await page.getByRole("option", { name: "v33" }).click();
  const changes = page.getByRole("region", { name: "Changes in Message 1" });
  await changes.getByText("Line 33.").waitFor();
  await goto(`/o/${organizationId}/analytics`);
  await page.getByRole("combobox", { name: "Template" }).click();
  await page.getByText("111 in all: type to find one.").waitFor();
  await expect.poll(() => page.getByRole("option").count()).toBe(100);
  await expectAccessible(page);
  await page.getByLabel("Find: Template").fill("t-107");
  await page.getByRole("option", { name: "t-107" }).click();
  await page.getByRole("combobox", { name: "Template" }).getByText("t-107").waitFor();
  await other.sql.end();
});

test("words of any length and in any direction stay within a phone's width", async () => {
  const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  const note = `ملاحظة قصيرة 👩‍👩‍👧‍👦 ${word}${word}`;
  const other = await makeTeam(stack, "أجب باختصار", { name: "any-words" });
  const { client, organizationId } = other.person;
  const template_id = other.templateId;
  await client
    .rpc("save_version", { template_id, messages: [{ role: "system", content: word }], note })
    .throwOnError();
  const description = `وصف 🎉 ${word}${word}`;
  await client.rpc("update_template", { template_id, description, tags: ["🎉 fête"] }).throwOnError();
  await client
    .rpc("update_organization", { organization_id: organizationId, name: `🎉 ${word}` })
    .throwOnError();
  const { page, goto } = await visitAs(other.person, { size: "phone" });
  for (const place of ["library", `templates/${template_id}/editor`, `templates/${template_id}/history`]) {
    await goto(`/o/${organizationId}/${place}`);
    await page.getByText("any-words").first().waitFor();
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(wider, { message: place }).toBeLessThanOrEqual(0);
  }
  await other.sql.end();
});

test("on a phone the tab where one is can be seen", async () => {
  const { page, goto } = await visitAs(team.person, { size: "phone" });
  await goto(at("settings/account"));
  const tab = page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Account" });
  await expect
    .poll(async () => {
      const box = await tab.boundingBox();
      return box !== null && box.x >= 0 && box.x + box.width <= 360;
    })
    .toBe(true);
});
