import { expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { openBrowser } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

test("what is said comes and goes, but a refusal stays until it was read, however much is said after it", async () => {
  const owner = await stack.signUp();
  const { page, goto } = await browser.visitAs(owner);
  const names = ["a-first", "b-second", "c-third", "d-fourth", "e-fifth", "f-sixth"];
  for (const name of names) {
    const made = await owner.client
      .rpc("create_template", { organization_id: owner.organizationId, name })
      .single<{ id: string }>();
    await owner.client.rpc("delete_template", { template_id: made.data?.id }).throwOnError();
  }
  await goto(`/o/${owner.organizationId}/library`);
  await page.getByRole("button", { name: "Deleted", exact: true }).click();
  let refusing = "";
  await page.route("**/rpc/restore_template", (route) =>
    refusing
      ? route.fulfill({ status: 400, json: { code: "NM017", message: `${refusing} is taken`, hint: "" } })
      : route.continue(),
  );
  const toasts = page.locator("[role=dialog], [role=alertdialog]").filter({
    // Refusals are read out at once, and hidden from readers for that; the dialog hides the others.
    has: page.locator("button[aria-label=Dismiss]"),
  });
  const said = (text: string) => toasts.filter({ hasText: text });
  async function restore(name: string, refused: boolean) {
    refusing = refused ? name : "";
    const answered = page.waitForResponse("**/rpc/restore_template");
    await page.getByRole("button", { name: `Restore ${name}` }).click();
    await answered;
  }
  await restore("a-first", true);
  await said("a-first is taken").waitFor();
  // A window that is not looked at lets nothing run out, however slow this machine is.
  await page.evaluate(() => dispatchEvent(new Event("blur")));
  for (const name of ["b-second", "c-third", "d-fourth"]) {
    await restore(name, false);
    await said(`${name} is back`).waitFor();
    // The one that goes fades.
    await expect.poll(() => toasts.filter({ visible: true }).count()).toBeLessThanOrEqual(3);
  }
  await expect.poll(() => said("a-first is taken").isVisible()).toBe(true);

  await restore("a-first", true);
  for (const name of ["e-fifth", "f-sixth"]) {
    await restore(name, true);
    await said(`${name} is taken`).waitFor();
  }
  await expect.poll(() => said("a-first is taken").count()).toBe(1);
  await restore("f-sixth", false);
  await page.keyboard.press("Escape");
  await page.getByRole("list", { name: "Templates", exact: true }).getByText("f-sixth").waitFor();
  expect(await said("f-sixth is back").count()).toBe(0);
  await said("e-fifth is taken").locator("button[aria-label=Dismiss]").click();
  await said("f-sixth is back").waitFor();
});

test("what was said of a version is not left on the screen once it is active, whoever made it so", async () => {
  const owner = await stack.signUp();
  const template = await owner.client
    .rpc("create_template", { organization_id: owner.organizationId, name: "said" })
    .single<{ id: string }>();
  const { page, goto } = await browser.visitAs(owner);
  await goto(`/o/${owner.organizationId}/templates/${template.data!.id}/editor`);
  const toasts = page.getByRole("dialog").filter({ has: page.locator("button[aria-label=Dismiss]") });
  async function save(version: number) {
    const text = page.getByRole("textbox", { name: "Text of message 1" });
    await text.click();
    // As above: nothing runs out by itself.
    await page.evaluate(() => dispatchEvent(new Event("blur")));
    await page.keyboard.insertText(`Words ${version}. `);
    await page.getByRole("button", { name: `Save v${version}` }).click();
    await page.getByRole("button", { name: `Save version ${version}` }).click();
    await toasts.filter({ hasText: `v${version} is saved` }).waitFor();
  }

  await save(1);
  await page.getByRole("button", { name: "Activate v1" }).click();
  await toasts.filter({ hasText: "v1 is active" }).waitFor();
  expect(await toasts.allTextContents()).toEqual(["v1 is active"]);

  await save(2);
  const activated = await owner.client.functions.invoke("prompts/activate", {
    body: { template_id: template.data!.id, version: 2 },
  });
  expect(activated.error).toBeNull();
  await toasts.filter({ hasText: "v2 is active" }).waitFor();
  expect(await toasts.allTextContents()).toEqual(["v2 is active", "v1 is active"]);
});
