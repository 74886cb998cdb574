import { afterEach, beforeAll, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { inviteAs } from "./support/invite.ts";

const stack = useStack();
const browser = openBrowser();
let team: Team;
let visitor: TestPage;
beforeAll(async () => {
  team = await makeTeam(stack);
});
afterEach(() => visitor?.context.close());

async function visit(person: Team["person"]) {
  visitor = await browser.visitAs(person);
  await visitor.goto(`/o/${team.person.organizationId}/analytics`);
  await visitor.page.getByRole("heading", { name: "Analytics" }).waitFor();
  return visitor;
}

test("everything new begins by keyboard alone, wherever one is, with the first field ready to be typed into", async () => {
  const { page, complaints, screenshot } = await visit(team.person);
  const typed: [words: string, dialog: string][] = [
    ["new template", "New template"],
    ["new key", "New key"],
    ["invite", "Invite someone"],
    ["add provider", "Connect a provider"],
  ];
  for (const [words, name] of typed) {
    await page.keyboard.press("ControlOrMeta+k");
    const palette = page.getByRole("dialog", { name: "Go anywhere" });
    await palette.waitFor();
    await page.keyboard.type(words);
    await palette.getByRole("option", { name }).waitFor();
    if (words === "invite") await screenshot("palette-make");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name });
    await dialog.waitFor();
    await expect.poll(() => dialog.locator("input:focus, textarea:focus").count(), { message: name }).toBe(1);
    // Opened once: going back or loading the page again opens nothing.
    await expect.poll(() => new URL(page.url()).search).toBe("");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    // It fades for a moment, and is not opened anew before it has gone.
    await palette.waitFor({ state: "detached" });
  }
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog", { name: "Go anywhere" }).waitFor();
  // Whoever knows the words waits for no list: "new te" alone would begin a template.
  await page.keyboard.type("new test");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "New test" }).waitFor();
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/\/tests\/new$/);
  expect(complaints).toEqual([]);
});

test("a viewer is offered none of it, and an address that asks for it opens nothing", async () => {
  const viewer = await inviteAs(stack, team.person, "viewer");
  const { page, goto } = await visit(viewer);
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Go anywhere" });
  await palette.getByRole("option", { name: "Library" }).waitFor();
  for (const name of ["New template", "New test", "New key", "Invite someone", "Connect a provider"])
    expect(await palette.getByRole("option", { name }).count(), name).toBe(0);
  await page.keyboard.press("Escape");
  await goto(`/o/${team.person.organizationId}/settings/keys?new`);
  await page.getByRole("heading", { name: "API keys" }).waitFor();
  await expect.poll(() => new URL(page.url()).search).toBe("");
  expect(await page.getByRole("dialog").count()).toBe(0);
});
