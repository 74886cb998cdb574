import { expect, test } from "vitest";
import { connectFake } from "../../supabase/functions/providers/testing/providers-client.ts";
import { makeTemplate } from "../../supabase/functions/recommendations/testing/recommendations-client.ts";
import { useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

test("an admin prices a model of their own, and an editor chooses it, told who answers and what it costs", async () => {
  const owner = await stack.signUp();
  await connectFake(stack, owner, { models: ["house-1", "llama-*"] });
  const templateId = await makeTemplate(owner, "Answer {{ question }}.");
  const { page, goto, screenshot, complaints } = await browser.visitAs(owner);

  const caughtUp = page.waitForResponse(/\/rpc\/missed_events$/);
  await goto(`/o/${owner.organizationId}/settings/providers`);
  const prices = page.getByRole("table").last();
  await prices.getByRole("row", { name: /gpt-4o-mini \$0\.15 .*\$0\.60 2026-06-01/ }).waitFor();
  await page.getByRole("button", { name: "Set a price" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Model").fill("house-1");
  await dialog.getByLabel("Input, dollars per million tokens", { exact: true }).fill("a lot");
  await dialog.getByText("0 is a price").waitFor();
  await dialog.getByLabel("Input, dollars per million tokens", { exact: true }).fill("0.02");
  await dialog.getByLabel("Cached input, dollars per million tokens").fill("0");
  await dialog.getByLabel("Output, dollars per million tokens").fill("0.08");
  await dialog.getByLabel("Source").fill("Our own machines");
  // What was made a moment ago is read for that, and not for the price.
  await caughtUp;
  await page.waitForLoadState("networkidle");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.replace("/rest/v1/", "")));
  await dialog.getByRole("button", { name: "Set this price" }).click();
  await prices
    .getByRole("row", { name: /house-1 yours \$0\.02 \$0\.00 \$0\.08 .*Our own machines/ })
    .waitFor();
  // What hangs on prices is read again, and not everything there is.
  expect(asked).toContain("model_prices");
  for (const other of ["prompt_templates", "memberships", "organizations"])
    expect(asked).not.toContain(other);
  await screenshot("prices");
  await expectAccessible(page);

  await goto(`/o/${owner.organizationId}/templates/${templateId}/editor`);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  const settings = page.getByRole("dialog", { name: "Model settings" });
  await settings.getByRole("combobox", { name: "Choose a model" }).click();
  await page.getByRole("option", { name: /gpt-4o-mini platform, \$0\.15 in, \$0\.60 out/ }).waitFor();
  const own = page.getByRole("option", { name: /acme\/house-1 your provider, no credit, \$0\.02 in/ });
  await own.waitFor();
  expect(await page.getByRole("option", { name: /llama/ }).count(), "a beginning is no model").toBe(0);
  await screenshot("model-picker");
  await own.click();
  await settings.getByText("Your provider acme answers house-1 and bills you: no credit.").waitFor();
  await settings.getByText(/\$0\.02 in, \$0\.08 out per million tokens, as of/).waitFor();
  await expect.poll(() => settings.getByLabel("Model", { exact: true }).inputValue()).toBe("acme/house-1");
  await settings.getByLabel("Model", { exact: true }).fill("gpt-4o");
  await settings.getByText("The platform’s provider answers, paid with credit.").waitFor();
  await settings.getByLabel("Model", { exact: true }).fill("unheard-of");
  await settings.getByText("Its price is not known.").waitFor();
  await screenshot("model-settings");
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});
