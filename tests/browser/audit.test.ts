import { expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { openBrowser } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

test("an auditor finds a change, sees what it was, keeps it as evidence and takes the log along", async () => {
  const owner = await stack.signUp();
  for (const name of ["first-prompt", "second-prompt"]) {
    const made = await owner.client.rpc("create_template", { organization_id: owner.organizationId, name });
    if (made.error) throw made.error;
  }
  const { page, goto, screenshot, complaints } = await browser.visitAs(owner);
  await goto(`/o/${owner.organizationId}/audit`);
  await page.getByText("Chain verified, 3 entries").waitFor();
  const entries = page.getByRole("table", { name: "Audit entries" }).getByRole("row");
  await expect.poll(() => entries.count()).toBe(4);

  await page.getByRole("combobox", { name: "Template" }).click();
  await page.getByRole("option", { name: "second-prompt" }).click();
  await expect.poll(() => entries.count()).toBe(2);
  await page.getByRole("combobox", { name: "Action", exact: true }).click();
  await page.getByRole("option", { name: "version.*" }).click();
  await page.getByText("No entries").waitFor();
  await page.getByRole("combobox", { name: "Action", exact: true }).click();
  await page.getByRole("option", { name: "template.*" }).click();

  await page.getByRole("button", { name: "template.created" }).click();
  const entry = page.getByRole("dialog", { name: "template.created, entry 3" });
  await entry.getByText("second-prompt").first().waitFor();
  await entry.getByText(owner.email).waitFor();
  await screenshot("audit-entry");
  await entry.getByRole("button", { name: "Keep as evidence" }).click();
  await entry.getByLabel("Reason").fill("Sample of the yearly review");
  await entry.getByRole("button", { name: "Keep this entry" }).click();
  await entry.getByText("Sample of the yearly review").waitFor();
  await page.keyboard.press("Escape");
  // Pinning is itself a change, and the chain grows by it.
  await page.getByText("Chain verified, 4 entries").waitFor();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "CSV, with this filter" }).click();
  expect((await download).suggestedFilename()).toBe("audit.csv");
  expect(complaints).toEqual([]);
});
