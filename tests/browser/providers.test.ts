import { expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

test("an admin connects a provider, tests it, gives it another key, and removes it", async () => {
  const owner = await stack.signUp();
  for (const theme of ["light", "dark"] as const) {
    const { page, goto, screenshot, complaints, context } = await browser.visitAs(owner, { theme });
    await goto(`/o/${owner.organizationId}/settings/providers`);
    await page.getByRole("button", { name: "Connect a provider" }).click();
    await page.getByLabel("Name").fill("acme");
    await page.getByLabel("Base URL").fill("https://169.254.169.254/v1");
    await page.getByLabel("Key").fill("sk-first-0123456789");
    await page.getByRole("button", { name: "Connect it" }).click();
    await page.getByText("provider_address_refused").waitFor();
    await screenshot("providers-refused");
    await expectAccessible(page);
    await page.getByLabel("Base URL").fill(stack.fakeProviderUrl);
    await page.getByRole("button", { name: "Connect it" }).click();
    await page.getByRole("row", { name: /acme.*…6789/ }).waitFor();
    await page.getByRole("button", { name: "Test acme" }).click();
    await page.getByText(/It works, and lists/).waitFor();
    await screenshot("providers");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Change acme" }).click();
    await page.getByLabel("Key").fill("sk-second-abcdefghij");
    await page.getByRole("dialog").getByRole("button", { name: "Change acme" }).click();
    await page.getByRole("row", { name: /acme.*…ghij/ }).waitFor();
    await page.getByRole("button", { name: "Disable acme" }).click();
    await page.getByText("disabled", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Remove acme" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove acme" }).click();
    await page.getByText("Every request uses the platform's provider").waitFor();
    expect(complaints.filter((line) => !/status of 400/.test(line))).toEqual([]);
    await context.close();
  }
});
