import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { callPrompts, join } from "../../supabase/functions/prompts/testing/prompts-client.ts";
import { type Person, useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

let owner: Person;
let member: Person;
const visitors: TestPage[] = [];
beforeAll(async () => {
  [owner, member] = await Promise.all([stack.signUp(), stack.signUp()]);
  await join(owner, member, "member");
});
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.context.close();
});

const text = "You are a {{ role }}.\nAnswer in {{ lang | default('English') }}.\nBe brief.";
const config = { model: "fake-gpt", temperature: 0.3, top_p: 0.9 };

async function makeTemplate(content = text): Promise<string> {
  const name = `t-${randomUUID().slice(0, 8)}`;
  const made = await owner.client
    .rpc("create_template", { organization_id: owner.organizationId, name })
    .single<{ id: string }>();
  if (made.error) throw made.error;
  await save(made.data.id, content);
  return made.data.id;
}

async function save(template_id: string, content: string) {
  const saved = await owner.client.rpc("save_version", {
    template_id,
    messages: [{ role: "system", content }],
    config,
  });
  if (saved.error) throw saved.error;
}

async function open(person: Person, templateId: string, more = ""): Promise<TestPage> {
  const visitor = await browser.visitAs(person);
  visitors.push(visitor);
  await visitor.goto(`/o/${owner.organizationId}/templates/${templateId}/editor${more}`);
  await message(visitor.page).waitFor();
  return visitor;
}

const message = (page: Page) => page.getByRole("textbox", { name: "Text of message 1" });

async function write(page: Page, words: string) {
  await message(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText(words);
}

describe("a draft", () => {
  test("survives a closed tab, keeps settings it has no field for, and is saved with a note by keyboard", async () => {
    const templateId = await makeTemplate();
    const { page, context, complaints, screenshot } = await open(member, templateId);
    await write(page, "\nAlways.");
    await page.getByRole("button", { name: "Change", exact: true }).click();
    await page.getByLabel("Longest answer").fill("200");
    await page.getByLabel("Tools").fill('[{"type": "function"}]');
    await page.getByText("needs `function.name`").waitFor();
    await page.getByLabel("Tools").fill("");
    await screenshot("editor-model");
    await page.keyboard.press("Escape");
    await page.getByText("at most 200 tokens, top_p").waitFor();

    const again = await context.newPage();
    await page.close();
    await again.goto(`/o/${owner.organizationId}/templates/${templateId}/editor`);
    await message(again).getByText("Always.").waitFor();
    await again.getByText("draft, kept in this browser").waitFor();
    await again.keyboard.press("ControlOrMeta+s");
    await again.getByLabel("Note").fill("Always, and not too long");
    await again.getByRole("button", { name: "Save version 2" }).click();
    await again.getByRole("button", { name: "Activate v2" }).waitFor();
    const { data } = await owner.client
      .from("prompt_versions")
      .select("*")
      .eq("template_id", templateId)
      .eq("version", 2);
    expect(data?.[0]).toMatchObject({
      note: "Always, and not too long",
      config: { ...config, max_tokens: 200 },
    });
    expect(data?.[0].messages[0].content).toBe(`${text}\nAlways.`);
    expect(complaints).toEqual([]);
  });

  test("its contract is edited beside the text, and the preview shows what is sent and what it costs", async () => {
    const templateId = await makeTemplate();
    const { page, screenshot } = await open(member, templateId);
    await page.getByText("Shown once there are example values for role").waitFor();
    await page.getByLabel("Example value of role").fill("clerk");
    await page.getByText("You are a clerk.").waitFor();
    await page.getByRole("button", { name: "Contract of role" }).click();
    await page.getByLabel("Description").fill("Who answers");
    await page.getByLabel("Default", { exact: true }).fill("colleague");
    await page.getByLabel("Example value of role").fill("");
    await page.getByText("You are a colleague.").waitFor();
    await page.getByText("string, has a default").waitFor();
    await expectAccessible(page);
    await screenshot("editor-contract");
  });

  test("the preview shows what another template says in it, and a name of nothing is a problem", async () => {
    const tone = await makeTemplate("Be {{ mood | default('kind') }}.");
    const { data } = await owner.client.from("prompt_templates").select("name").eq("id", tone).single();
    const { page } = await open(member, await makeTemplate(`Help. {% include "${data?.name}" %}`));
    await page.getByText("Help. Be kind.").waitFor();
    await write(page, '{% include "nothing-like-it" %}');
    await page.getByText('There is no template "nothing-like-it" to include.').first().waitFor();
    expect(await page.getByText("Help. Be kind.").count()).toBe(0);
  });

  test("a problem is gone to and mended with one press", async () => {
    const { page } = await open(member, await makeTemplate("Hello {{ name | uper }}"));
    await page.getByText("1 error, activation waits").waitFor();
    await page.getByRole("button", { name: "Go to Message 1, 1:17" }).click();
    await page.getByRole("button", { name: "Change to upper" }).click();
    await message(page).getByText("upper").waitFor();
    await page.getByText("1 error").waitFor({ state: "detached" });
    expect(await message(page).textContent()).toBe("Hello {{ name | upper }}");
  });
});

test("two people at one template see each other, and joining their changes loses nobody's words", async () => {
  const templateId = await makeTemplate();
  const [mine, theirs] = [await open(owner, templateId), await open(member, templateId)];
  await write(theirs.page, " And kind.");
  await mine.page.getByText(`${member.email} is writing here`).waitFor({ state: "attached" });
  await save(templateId, text.replace("brief.", "short.").replace("a {{", "our {{"));
  const notice = theirs.page.getByRole("alert").filter({ hasText: "saved v2" });
  await notice.waitFor();
  await theirs.page.getByRole("button", { name: "Compare and join" }).click();
  const dialog = theirs.page.getByRole("dialog", { name: "Join your draft with v2" });
  await dialog.getByText("1 place changed by both of you").waitFor();
  await theirs.screenshot("editor-conflict");
  await expectAccessible(theirs.page);
  await theirs.page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(theirs.page);
  await dialog.getByLabel("Keep both, theirs first").check();
  await dialog.getByRole("button", { name: "Go on with the joined text" }).click();
  await theirs.page.getByRole("button", { name: "Save v3" }).click();
  await theirs.page.getByRole("button", { name: "Save version 3" }).click();
  await theirs.page.getByRole("button", { name: "Activate v3" }).waitFor();
  const { data } = await owner.client
    .from("prompt_versions")
    .select("messages")
    .eq("template_id", templateId)
    .eq("version", 3);
  expect(data?.[0]?.messages[0].content.split("\n")).toEqual([
    "You are our {{ role }}.",
    "Answer in {{ lang | default('English') }}.",
    "Be short.",
    "Be brief. And kind.",
  ]);
});

describe("the playground", () => {
  test("streams answers of the draft and of a version side by side, by keyboard, and says what they took", async () => {
    const templateId = await makeTemplate();
    const { page, screenshot, complaints } = await open(member, templateId);
    await page.getByLabel("Example value of role").fill("clerk");
    await page.keyboard.press("ControlOrMeta+Enter");
    await page.getByLabel("What the caller says").fill("Where is my order?");
    await page.getByRole("button", { name: "Compare two" }).click();
    await page.keyboard.press("ControlOrMeta+Enter");
    for (const name of ["Answer of this draft", "Answer of v1"]) {
      await page.getByRole("status", { name }).and(page.locator('[aria-busy="false"]')).waitFor();
      expect((await page.getByRole("status", { name }).textContent())?.length).toBeGreaterThan(3);
    }
    await page
      .getByText(/tok in, .* tok out/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await screenshot("editor-playground");
    expect(complaints).toEqual([]);
  });

  test("a version is tried with what it needs itself, whatever the draft beside it has", async () => {
    const [sells, greets] = [randomUUID(), randomUUID()];
    const templateId = await makeTemplate(`${sells}: sell {{ product }} in {{ city | default("Rome") }}.`);
    await save(templateId, `${greets}: greet {{ name }}.`);
    const { page, screenshot } = await open(member, templateId);
    await page.getByLabel("Example value of name").fill("Ann");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByRole("button", { name: "Compare two" }).click();
    const besides = page.getByRole("list", { name: "What v1 has besides" });
    const second = page.getByRole("combobox", { name: "Second answer from" });
    await second.waitFor();
    expect(await besides.count()).toBe(0);
    // By its letters: the page scrolls under a mouse that waits for a list at its lower edge.
    await second.press("Enter");
    await page.getByRole("option", { name: "v1" }).waitFor();
    await page.keyboard.type("v1");
    await page.keyboard.press("Enter");
    await besides.getByText("v1 can take city").waitFor();
    await besides.getByLabel("Example value of product").fill("tea");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect.poll(() => stack.provider.requests(`${sells}: sell tea in Rome.`)).toHaveLength(1);
    await expect.poll(() => stack.provider.requests(`${greets}: greet Ann.`)).toHaveLength(1);
    for (const name of ["Answer of this draft", "Answer of v1"])
      await page.getByRole("status", { name }).and(page.locator('[aria-busy="false"]')).waitFor();
    await expectAccessible(page);
    await screenshot("editor-playground-besides");
  });

  test("a logged request is tried again from the logs, with its version and its values, in the dark too", async () => {
    const templateId = await makeTemplate(`${text} {{ weights | sum }} kg`);
    await callPrompts(stack, "/activate", {
      token: owner.accessToken,
      body: { template_id: templateId, version: 1 },
    });
    await owner.client
      .rpc("set_data_policy", { organization_id: owner.organizationId, policy: "full" })
      .throwOnError();
    const { data: key } = await owner.client
      .rpc("create_api_key", { organization_id: owner.organizationId, name: "Replay" })
      .single<{ key: string }>()
      .throwOnError();
    const role = `clerk ${randomUUID()}`;
    const response = await fetch(`${stack.gatewayUrl}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key.key}`, "content-type": "application/json" },
      body: `{"nemo_prompt_template_id": "${templateId}",
        "nemo_prompt_variables": {"role": "${role}", "weights": [1.0, 2.0]},
        "messages": [{"role": "user", "content": "Where is my order?"}]}`,
    });
    expect(response.status, await response.text()).toBe(200);
    // What is tried again is the version that answered, and not the newest.
    await save(templateId, "Something else for {{ role }}.");

    const visitor = await browser.visitAs(owner, { theme: "dark" });
    visitors.push(visitor);
    const { page, goto, screenshot, complaints } = visitor;
    await goto(`/o/${owner.organizationId}/templates/${templateId}/logs`);
    const row = page.getByRole("table", { name: "Requests" }).getByRole("row").nth(1);
    await row.getByRole("button").click();
    await page.getByRole("link", { name: "Replay in the playground" }).click();
    const playground = page.getByRole("region", { name: "Playground" });
    await playground.waitFor();
    await expect.poll(() => page.getByLabel("Example value of role").inputValue()).toBe(role);
    await page.getByText("3.0 kg").waitFor();
    await message(page).getByText("Be brief.").waitFor();
    await expect.poll(() => page.getByLabel("What the caller says").inputValue()).toBe("Where is my order?");
    await playground.getByRole("button", { name: "Run" }).click();
    await page
      .getByRole("status", { name: "Answer of this draft" })
      .and(page.locator('[aria-busy="false"]'))
      .waitFor();
    const asked = await stack.provider.requests(role);
    expect(asked.map(({ body }) => body.includes("3.0 kg"))).toEqual([true, true]);
    await expectAccessible(page);
    await screenshot("editor-replay");
    expect(complaints).toEqual([]);
  });

  test("says in a sentence why there is no answer", async () => {
    const templateId = await makeTemplate("{{ role }}");
    const { page } = await open(member, templateId);
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("prompt_variables_missing").waitFor();
    expect(await page.getByRole("status", { name: "Answer of this draft" }).count()).toBe(0);
  });

  test("a viewer is not offered what would be refused", async () => {
    const templateId = await makeTemplate();
    const viewer = await stack.signUp();
    await join(owner, viewer, "viewer");
    const { page } = await open(viewer, templateId);
    for (const name of ["Try it", "Save v2", "Activate v1", "Add a message"])
      expect(await page.getByRole("button", { name }).count(), name).toBe(0);
  });
});
