import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { inviteAs } from "./support/invite.ts";
import { watchText } from "./support/watch-text.ts";

const stack = useStack();
const browser = openBrowser();
let team: Team;
let tone: { id: string; name: string };
const visitors: TestPage[] = [];

beforeEach(async () => {
  team = await makeTeam(stack, "Hello.");
  const { client, organizationId } = team.person;
  const name = `tone-${randomUUID().slice(0, 8)}`;
  const made = await client
    .rpc("create_template", { organization_id: organizationId, name })
    .single<{ id: string }>();
  tone = { id: made.data!.id, name };
  await say("Be {{ mood }}.");
  await team.save(`{% include "${name}" %}\nAnswer in English.`);
  await say("Be {{ mood }} and brief.");
});
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.context.close();
});

async function say(content: string) {
  const messages = [{ role: "system", content }];
  await team.person.client.rpc("save_version", { template_id: tone.id, messages }).throwOnError();
}

async function visit(person: Team["person"], page: string): Promise<TestPage> {
  const visitor = await browser.visitAs(person);
  visitors.push(visitor);
  await visitor.goto(`/o/${team.person.organizationId}/templates/${team.templateId}/${page}`);
  return visitor;
}

test("the editor says that an included template has moved on, a save pins it anew, and history shows both", async () => {
  const { page, complaints, screenshot } = await visit(team.person, "editor");
  await page.getByText(`This version includes ${tone.name} v1, of which there is v2 now.`).waitFor();
  await screenshot("editor-newer-include");
  await page.getByRole("button", { name: "Pin to the newest" }).click();
  await page.getByRole("dialog", { name: "Save version 3" }).waitFor();
  const shown = await watchText(page);
  // On a slow connection what the new version includes is known later than its text.
  await page.route("**/rpc/prompt_includes", async (route) => {
    await new Promise((later) => setTimeout(later, 1000));
    await route.continue();
  });
  await page.getByRole("button", { name: "Save version 3" }).click();
  await page.getByText("v3 is saved").waitFor();
  await page.getByText(`includes ${tone.name} v1`).first().waitFor({ state: "hidden" });
  const { statuses, dialogs } = await shown();
  expect(statuses.filter((text) => text.includes("There is no template"))).toEqual([]);
  expect(dialogs.filter((title) => /^Save/.test(title))).toEqual(["Save version 3"]);

  await page.getByRole("link", { name: "History" }).click();
  const version = page.getByRole("region", { name: "Version 3" });
  await version.getByRole("list", { name: "Includes" }).getByText(`${tone.name} v2`).waitFor();
  const moved = version.getByRole("region", { name: "Changes in Included templates" });
  await expect.poll(() => moved.textContent()).toMatch(new RegExp(`${tone.name}: v1.*${tone.name}: v2`));
  await version.getByText("unchanged").waitFor();
  await expectAccessible(page);
  await screenshot("history-includes");

  await page.getByRole("button", { name: "v2" }).first().click();
  const link = page.getByRole("list", { name: "Includes" }).getByRole("link", { name: `${tone.name} v1` });
  await link.click();
  await page.getByRole("heading", { name: tone.name }).waitFor();
  await page.getByRole("region", { name: "Version 1" }).waitFor();
  await expect.poll(() => new URL(page.url()).search).toBe("?version=1");
  expect(complaints).toEqual([]);
});

test("a deleted template is named where it was included; a viewer is offered no save", async () => {
  await team.person.client.rpc("delete_template", { template_id: tone.id }).throwOnError();
  const { page } = await visit(team.person, "history");
  const includes = page.getByRole("list", { name: "Includes" });
  await includes.getByText("deleted").waitFor();
  expect(await includes.getByRole("link").count()).toBe(0);
  await team.person.client.rpc("restore_template", { template_id: tone.id }).throwOnError();
  await includes.getByRole("link", { name: `${tone.name} v1` }).waitFor();

  const viewer = await visit(await inviteAs(stack, team.person, "viewer"), "editor");
  await viewer.page.getByText(`This version includes ${tone.name} v1, of which there is v2 now.`).waitFor();
  expect(await viewer.page.getByRole("button", { name: "Pin to the newest" }).count()).toBe(0);
  await viewer.goto(`/o/${team.person.organizationId}/templates/${team.templateId}/history`);
  await viewer.page.getByText("newer version exists: v2").waitFor();
  expect(await viewer.page.getByRole("link", { name: "Pin to the newest" }).count()).toBe(0);
});

test("what an included template needs is asked for by the editor, the playground, snippets and a replay", async () => {
  await team.activate(2);
  const { page } = await visit(team.person, "editor");
  await page.getByText("mood", { exact: true }).first().waitFor();
  await page.getByRole("textbox", { name: /mood/ }).first().fill("kind");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("button", { name: "Run" }).click();
  // A version that nobody changed includes what it was saved with, as previewed.
  await expect.poll(() => stack.provider.requests("Be kind.")).toHaveLength(1);
  await page.getByText(/^Be kind\./).waitFor();
  // A draft includes what it would be saved with now.
  await page.getByRole("textbox", { name: "Text of message 1" }).press("ControlOrMeta+End");
  await page.keyboard.type(" Please.");
  await page.getByText(/^Be kind and brief\./).waitFor();
  await page.getByRole("button", { name: "Run" }).click();
  await expect.poll(() => stack.provider.requests("Be kind and brief.")).toHaveLength(1);
  await page.getByRole("button", { name: "Discard changes" }).click();

  await page.getByRole("button", { name: "Call it" }).click();
  await page.getByRole("dialog").getByText('"<mood>"').first().waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Replay" }).click();
  await page.getByRole("button", { name: "New set" }).click();
  await page.getByLabel("Name of the set").fill("moods");
  await page.getByRole("textbox", { name: "Examples" }).fill('kind: {"mood": "merry"}');
  await page.getByRole("button", { name: "Save set" }).click();
  await page.getByText(/^for \d requests?: \d+ prompt tokens/).waitFor();
  await page.getByRole("button", { name: "Run v2 on 1 example" }).click();
  await page.getByText("done, 1 of 1").waitFor();
  // A version includes what it was saved with.
  await expect.poll(() => stack.provider.requests("Be merry.")).toHaveLength(1);
});

test("what a save would pin is asked for a changed draft alone, and until it is known the preview stays whole", async () => {
  const { page } = await visit(team.person, "editor");
  let asked = 0;
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  await page.route("**/rpc/prompt_includes", async (route) => {
    if (!route.request().postData()?.includes('"messages"')) return route.continue();
    asked += 1;
    await answered;
    return route.continue();
  });
  await page.getByRole("textbox", { name: /mood/ }).first().fill("kind");
  await page.getByText(/^Be kind\.\s+Answer in English\.$/).waitFor();
  expect(asked).toBe(0);
  await page.getByRole("textbox", { name: "Text of message 1" }).press("ControlOrMeta+End");
  await page.keyboard.type(" Please.");
  await page.getByText(/^Be kind\.\s+Answer in English\. Please\.$/).waitFor();
  expect(asked).toBe(1);
  answer();
  await page.getByText(/^Be kind and brief\.\s+Answer in English\. Please\.$/).waitFor();
});

test("history and editor show includes of includes, and one press makes a draft with the newest", async () => {
  const { client, organizationId } = team.person;
  const house = await client
    .rpc("create_template", { organization_id: organizationId, name: `house-${tone.name}` })
    .single<{ id: string; name: string }>();
  const messages = [{ role: "system", content: `{% include "${tone.name}" %}` }];
  await client.rpc("save_version", { template_id: house.data!.id, messages }).throwOnError();
  await say("Be {{ mood }}, brief and exact.");
  await team.save(`{% include "${house.data!.name}" %}{% include "${tone.name}@v1" %}`);

  const { page, screenshot } = await visit(team.person, "history");
  const tree = page.getByRole("list", { name: "Includes", exact: true });
  const inner = tree.getByRole("list", { name: `Includes of ${house.data!.name} v1` });
  // What is newer is known a moment after what is included.
  await expect
    .poll(() => inner.getByRole("listitem").textContent())
    .toBe(`includes${tone.name} v2newer version exists: v3`);
  await expectAccessible(page);
  await screenshot("history-include-tree");
  await page.getByRole("link", { name: "Pin to the newest" }).click();
  // The tag named version 1; what house is pinned to is for house to say.
  await page.getByRole("dialog", { name: "Save version 4" }).waitFor();
  await screenshot("editor-pin-newest");
  const shown = await watchText(page);
  await page.getByRole("button", { name: "Save version 4" }).click();
  await page.getByText("v4 is saved").waitFor();
  // Neither the version the draft was begun on, nor a conflict with oneself, is seen on the way to the saved one.
  expect((await shown()).texts.filter((text) => !text.includes(`${tone.name}@v3`))).toEqual([]);
  expect((await shown()).alerts).toEqual([]);
  await page.getByText(`it is pinned to that in ${house.data!.name}.`).waitFor();
  expect(await page.getByRole("button", { name: "Pin to the newest" }).count()).toBe(0);
  const { data } = await client
    .from("prompt_versions")
    .select("pins")
    .eq("template_id", team.templateId)
    .eq("version", 4)
    .single()
    .throwOnError();
  expect(Object.keys(data.pins).sort()).toEqual([house.data!.name, `${tone.name}@v3`].sort());
  await screenshot("editor-include-tree");
});
