import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callPrompts, makeTemplate } from "../../supabase/functions/prompts/testing/prompts-client.ts";
import { type Person, useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { inviteAs } from "./support/invite.ts";

const stack = useStack();
const browser = openBrowser();

/** Somebody works in a dialog; somebody else, in another place, changes what the page behind it shows. */
let owner: Person;
let templateId: string;
let visitor: TestPage;
/** The page hears of changes from now on. */
let listening: Promise<unknown>;

beforeAll(async () => {
  owner = await stack.signUp();
  templateId = await makeTemplate(owner, "Be brief.", "Be kind.");
});
beforeEach(async () => {
  visitor = await browser.visitAs(owner);
  listening = visitor.page
    .waitForEvent("websocket")
    .then((socket) =>
      socket.waitForEvent("framereceived", ({ payload }) => /phx_reply.*"ok"/.test(String(payload))),
    );
});
afterEach(() => visitor.context.close());

/** A call of somebody else's, as the dashboard in another window would make it. */
const elsewhere = async (name: string, args: object) =>
  // biome-ignore lint/suspicious/noExplicitAny: each function answers a row of its own
  (await owner.client.rpc(name, { ...args }).throwOnError()).data as any;
const inOwn = { organization_id: "" };
beforeAll(() => {
  inOwn.organization_id = owner.organizationId;
});

async function opened(path: string, button: string) {
  await visitor.goto(`/o/${owner.organizationId}/${path}`);
  await listening;
  await visitor.page.getByRole("button", { name: button }).first().click();
  const dialog = visitor.page.getByRole("dialog");
  await dialog.waitFor();
  return dialog;
}

/** What the page behind the dialog shows: it is closed to readers, but drawn. */
const behind = (words: string) => visitor.page.locator("#page").getByText(words).first();

const focusInPage = () => visitor.page.evaluate(() => document.activeElement?.closest("#page") !== null);

describe("a dialog stays, with what is written in it", () => {
  test("when the key it would revoke is revoked by somebody else", async () => {
    const { id } = await elsewhere("create_api_key", { ...inOwn, name: "old shop" });
    await elsewhere("create_api_key", { ...inOwn, name: "other shop" });
    const dialog = await opened("settings/keys", "Revoke old shop");
    await elsewhere("revoke_api_key", { api_key_id: id });
    await behind("1 key that no longer works").waitFor();
    await dialog.getByText("are refused from the moment this is confirmed").waitFor();
    await visitor.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(focusInPage, { message: "the button is gone, the page is not" }).toBe(true);
  });

  test("when somebody else makes a key first", async () => {
    const dialog = await opened("settings/keys", "New key");
    await dialog.getByLabel("Name").fill("half a na");
    await elsewhere("create_api_key", { ...inOwn, name: "faster" });
    await behind("faster").waitFor();
    expect(await dialog.getByLabel("Name").inputValue()).toBe("half a na");
  });

  test("when the provider it changes is removed by somebody else", async () => {
    const { data } = await owner.client.functions.invoke("providers/create", {
      body: {
        ...inOwn,
        name: "acme",
        base_url: stack.fakeProviderUrl,
        api_key: "sk-0123456789",
        models: [],
        fallbacks: [],
      },
    });
    const dialog = await opened("settings/providers", "Change acme");
    await dialog.getByLabel("Its models").fill("llama-*");
    await elsewhere("delete_provider_connection", { connection_id: data.id });
    await behind("Every request uses the platform's provider").waitFor();
    expect(await dialog.getByLabel("Its models").inputValue()).toBe("llama-*");
  });

  test("when the member it would remove gets another role, and then goes", async () => {
    const { userId, email } = await inviteAs(stack, owner, "member");
    const dialog = await opened("settings/members", `Remove ${email}`);
    await elsewhere("set_member_role", { ...inOwn, user_id: userId, role: "viewer" });
    await behind("viewer").waitFor();
    await dialog.getByText("Their access ends at once").waitFor();
    await elsewhere("remove_member", { ...inOwn, user_id: userId });
    await behind(email).waitFor({ state: "detached" });
    await dialog.getByRole("button", { name: "Remove", exact: true }).click();
    await dialog.getByRole("alert").waitFor();
    expect(await focusInPage()).toBe(false);
  });

  test("when the version it would activate is activated by somebody else, and says so", async () => {
    await activate(1);
    const dialog = await opened(`templates/${templateId}/history`, "Activate v2");
    await dialog.getByText("and no longer v1").waitFor();
    await activate(2);
    await dialog.getByText("Somebody else has activated v2 meanwhile.").waitFor();
    expect(await focusInPage()).toBe(false);
  });

  test("when somebody else saves a version and moves a label", async () => {
    const dialog = await opened(`templates/${templateId}/history`, "Label v2");
    await dialog.getByLabel("Label", { exact: true }).fill("stag");
    await elsewhere("set_label", { template_id: templateId, name: "live", version: 2 });
    await behind("live").waitFor();
    expect(await dialog.getByLabel("Label", { exact: true }).inputValue()).toBe("stag");
  });

  test("when somebody else describes the template that is being described", async () => {
    await visitor.goto(`/o/${owner.organizationId}/templates/${templateId}/history`);
    await listening;
    await visitor.page.getByRole("button", { name: /^More about/ }).click();
    await visitor.page.getByRole("menuitem", { name: "Description and tags" }).click();
    const dialog = visitor.page.getByRole("dialog");
    await dialog.getByLabel("Description").fill("What I was about to say");
    await elsewhere("update_template", { template_id: templateId, description: "Said by somebody else" });
    await behind("Said by somebody else").waitFor();
    expect(await dialog.getByLabel("Description").inputValue()).toBe("What I was about to say");
  });

  test("when the organizations cannot be read again", async () => {
    const dialog = await opened("settings/members", "Invite someone");
    await dialog.getByLabel("E-mail").fill("somebody@tests.nemo.test");
    let failed = 0;
    await visitor.page.route("**/rest/v1/memberships?**", (route) => {
      failed += 1;
      return route.fulfill({ status: 500, json: { code: "57014", message: "timeout" } });
    });
    await elsewhere("update_organization", { ...inOwn, name: "Renamed elsewhere" });
    await expect.poll(() => failed).toBeGreaterThan(0);
    await visitor.page.waitForTimeout(300);
    expect(await dialog.getByLabel("E-mail").inputValue()).toBe("somebody@tests.nemo.test");
  });
});

const activate = (version: number) =>
  callPrompts(stack, "/activate", { token: owner.accessToken, body: { template_id: templateId, version } });
