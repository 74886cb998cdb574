import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, expect, test } from "vitest";
import { callPrompts, join } from "../../supabase/functions/prompts/testing/prompts-client.ts";
import { type Person, useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

let owner: Person;
let member: Person;
let templateId: string;
const visitors: TestPage[] = [];

beforeAll(async () => {
  [owner, member] = await Promise.all([stack.signUp(), stack.signUp()]);
  await join(owner, member, "member");
  templateId = await make("support-agent", ["support", "live"]);
  for (const words of ["Be brief.", "Be brief and kind."]) await save(words);
  await callPrompts(stack, "/activate", {
    token: owner.accessToken,
    body: { template_id: templateId, version: 2 },
  });
  await make("order-status", ["support"]);
  await make("review-summary", ["marketing"]);
});
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.context.close();
});

async function make(name: string, tags: string[]): Promise<string> {
  const made = await owner.client
    .rpc("create_template", { organization_id: owner.organizationId, name, tags })
    .single<{ id: string }>();
  if (made.error) throw made.error;
  return made.data.id;
}

async function save(content: string) {
  const saved = await owner.client.rpc("save_version", {
    template_id: templateId,
    messages: [{ role: "system", content: `You are {{ role }}.\n${content}` }],
    config: { model: "fake-gpt" },
    note: content,
  });
  if (saved.error) throw saved.error;
}

async function visit(person: Person, path: string, options = {}): Promise<TestPage> {
  const visitor = await browser.visitAs(person, options);
  visitors.push(visitor);
  await visitor.goto(`/o/${owner.organizationId}/${path}`);
  return visitor;
}

test("templates are found by words, tags and state, described, deleted and brought back", async () => {
  const { page, complaints, screenshot } = await visit(owner, "library");
  const rows = page.getByRole("list", { name: "Templates", exact: true }).getByRole("listitem");
  await rows.nth(2).waitFor();
  await page.getByLabel("Find by name, tag or description").fill("support");
  await page.getByText("2 of 3").waitFor();
  await page.getByRole("combobox", { name: "Show" }).click();
  await page.getByRole("option", { name: "Active", exact: true }).click();
  await page.getByText("1 of 3").waitFor();
  await rows.getByText("v2 · active").waitFor();
  await page.getByLabel("Find by name, tag or description").fill("nothing like it");
  await page.getByRole("button", { name: "Show all templates" }).click();
  await rows.nth(2).waitFor();
  await page.getByRole("combobox", { name: "Tag" }).click();
  await page.getByRole("option", { name: "marketing 1 template" }).click();
  await page.getByText("1 of 3").waitFor();

  await rows.getByText("review-summary").click();
  await page.getByRole("button", { name: "More about review-summary" }).click();
  await page.getByRole("menuitem", { name: "Description and tags" }).click();
  await page.getByLabel("Description").fill("Sums up what customers say");
  await page.getByLabel("Tags").fill("marketing, weekly");
  await page.getByRole("button", { name: "Save description and tags" }).click();
  await page.getByText("weekly").waitFor();

  await page.getByRole("button", { name: "More about review-summary" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("review-summary");
  await page.getByRole("button", { name: "Delete review-summary" }).click();
  await page.getByRole("button", { name: "Deleted", exact: true }).click();
  await screenshot("library-deleted");
  await page.getByRole("button", { name: "Restore review-summary" }).click();
  await page.keyboard.press("Escape");
  await rows.getByText("review-summary").waitFor();
  expect(complaints).toEqual([]);
});

test("two versions are compared both ways, rolled back with what will change, and labelled", async () => {
  const { page, screenshot } = await visit(owner, `templates/${templateId}/history`);
  await page.getByRole("button", { name: /^v1/ }).click();
  await page.getByRole("button", { name: "Roll back to v1" }).click();
  const dialog = page.getByRole("dialog", { name: "Roll back to v1?" });
  await dialog.getByText("Every request that begins after this gets v1 and no longer v2.").waitFor();
  await dialog.getByRole("button", { name: "Roll back to v1" }).click();
  await page.getByText("v1 · active").waitFor();
  await page.getByRole("button", { name: /^v2/ }).click();
  await page.getByRole("combobox", { name: "Layout" }).click();
  await page.getByRole("option", { name: "Side by side" }).click();
  await page.getByRole("list", { name: "After" }).locator("mark").first().waitFor();

  await page.getByRole("button", { name: "Label v2" }).click();
  await page.getByLabel("Label", { exact: true }).fill("production");
  await page.getByLabel("Protected: only admins move or remove it").check();
  await page.getByRole("dialog").getByRole("button", { name: "Label v2" }).click();
  await page.getByRole("list", { name: "Labels of v2" }).getByText("production").waitFor();
  await expectAccessible(page);
  await screenshot("history-labels");

  const other = await visit(member, `templates/${templateId}/history`, { theme: "dark" });
  await other.page.getByRole("list", { name: "Labels of v2" }).getByText("production").waitFor();
  expect(await other.page.getByRole("button", { name: "Remove the label production" }).count()).toBe(0);
  await other.page.getByRole("button", { name: "Label v2" }).click();
  await other.page.getByLabel("Label", { exact: true }).fill("production");
  await other.page.getByText("production is protected: an admin can move it.").waitFor();
  await other.page.getByLabel("Label", { exact: true }).fill(`try-${randomUUID().slice(0, 4)}`);
  await expectAccessible(other.page);
  await other.page.getByRole("dialog").getByRole("button", { name: "Label v2" }).click();
  await page.getByRole("list", { name: "Labels of v2" }).getByText(/^try-/).waitFor();
  await page.getByRole("button", { name: "Remove the label production" }).click();
  await page.getByText("production").first().waitFor({ state: "detached" });
});

test("the palette goes to a template, does what the page can do, and offers nothing that would be refused", async () => {
  const { page, screenshot } = await visit(member, "library");
  await page.getByRole("heading", { name: "Library" }).waitFor();
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Go anywhere" });
  await palette.getByRole("option", { name: "Light theme" }).waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  expect(await palette.getByRole("option", { name: "Audit log" }).count()).toBe(0);
  await page.keyboard.type("support ag");
  await screenshot("palette");
  await palette.getByRole("option", { name: "support-agent" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Text of message 1" }).waitFor();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("try it");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Playground" }).waitFor();
  await page.keyboard.press("ControlOrMeta+/");
  await page.getByRole("dialog", { name: "Keyboard" }).getByText("To the next problem").waitFor();
});
