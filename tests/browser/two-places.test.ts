import { afterEach, beforeEach, expect, test } from "vitest";
import { join, makeTemplate } from "../../supabase/functions/prompts/testing/prompts-client.ts";
import { type Person, useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

let owner: Person;
let visitors: TestPage[];
beforeEach(async () => {
  owner = await stack.signUp();
  visitors = [];
});
afterEach(async () => {
  for (const { context } of visitors) await context.close();
});

async function visit(person: Person): Promise<TestPage> {
  const visitor = await browser.visitAs(person);
  visitors.push(visitor);
  return visitor;
}

test("two authors write in two browsers: the slower one joins the words of both, from the version they began with", async () => {
  const member = await stack.signUp();
  await join(owner, member, "member");
  const templateId = await makeTemplate(owner, "Greet first.\nThen answer.\nBe brief.");
  const at = `/o/${owner.organizationId}/templates/${templateId}/editor`;
  const [mine, theirs] = [await visit(owner), await visit(member)];
  for (const { goto } of [mine, theirs]) await goto(at);
  const text = ({ page }: TestPage) => page.getByRole("textbox", { name: "Text of message 1" });
  const rewrite = async (visitor: TestPage, words: string) => {
    await text(visitor).click();
    await visitor.page.keyboard.press("ControlOrMeta+a");
    await visitor.page.keyboard.insertText(words);
    await visitor.page.getByText("draft, kept in this browser").waitFor();
  };
  const save = async ({ page }: TestPage, version: number) => {
    await page.getByRole("button", { name: `Save v${version}` }).click();
    await page.getByRole("button", { name: `Save version ${version}` }).click();
    await page.getByRole("button", { name: `Activate v${version}` }).waitFor();
  };
  await rewrite(theirs, "Greet first.\nThen answer.\nBe brief, and kind.");
  await rewrite(mine, "Greet by name.\nThen answer.\nBe short.");
  await save(mine, 2);

  await theirs.page.getByRole("button", { name: "Compare and join" }).click();
  const dialog = theirs.page.getByRole("dialog", { name: "Join your draft with v2" });
  // The first line is the other's alone and is taken; only the last was changed by both.
  await dialog.getByText("1 place changed by both of you").waitFor();
  await dialog.getByLabel("Keep both, theirs first").check();
  await dialog.getByRole("button", { name: "Go on with the joined text" }).click();
  await save(theirs, 3);
  // The faster author reads the joined text without asking for it.
  await text(mine).getByText("Be brief, and kind.").waitFor();
  const { data } = await owner.client
    .from("prompt_versions")
    .select("messages, created_by")
    .eq("template_id", templateId)
    .eq("version", 3)
    .single();
  expect(data?.created_by).toBe(member.userId);
  expect(data?.messages[0].content).toBe("Greet by name.\nThen answer.\nBe short.\nBe brief, and kind.");
});

test("two organizations are worked in at once, in two windows of one browser, and neither sees the other", async () => {
  const second = await owner.client
    .rpc("create_organization", { name: "Second shop" })
    .single<{ id: string }>();
  const other = second.data?.id as string;
  const first = await visit(owner);
  const { page } = first;
  await first.goto(`/o/${owner.organizationId}/library`);
  await page.getByText("No templates yet").waitFor();
  const beside = await first.context.newPage();
  await beside.goto(`/o/${other}/library`);
  await beside.getByText("No templates yet").waitFor();

  await owner.client
    .rpc("create_template", { organization_id: other, name: "only-in-second" })
    .throwOnError();
  await beside.getByText("only-in-second").first().waitFor();
  expect(await page.getByText("only-in-second").count()).toBe(0);

  await beside.getByRole("button", { name: /^Organization:/ }).click();
  const { data } = await owner.client
    .from("organizations")
    .select("name")
    .eq("id", owner.organizationId)
    .single();
  await beside.getByRole("menuitemradio", { name: data?.name }).click();
  await beside.getByText("No templates yet").waitFor();
  await page.getByRole("button", { name: /^Organization:/ }).click();
  await page.getByRole("menuitemradio", { name: "Second shop" }).click();
  await page.getByText("only-in-second").first().waitFor();
  expect(first.complaints).toEqual([]);
});

test("a session that was ended elsewhere ends here too, and signing in again brings one back", async () => {
  const visitor = await visit(owner);
  const { page } = visitor;
  await visitor.goto(`/o/${owner.organizationId}/settings/members`);
  await page.getByRole("table", { name: "Members" }).waitFor();
  await owner.client.auth.signOut({ scope: "global" });
  // The token in hand runs out within a quarter of an hour; the next look for a new one is refused.
  await page.evaluate(() => {
    const stored = JSON.parse(localStorage.getItem("nemo.session") ?? "{}");
    localStorage.setItem("nemo.session", JSON.stringify({ ...stored, expires_at: 1 }));
  });
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("table", { name: "Members" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/o/${owner.organizationId}/settings/members`);
});
