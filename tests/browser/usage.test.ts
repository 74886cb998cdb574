import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { type Person, useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

let owner: Person;
let apiKey: string;
beforeAll(async () => {
  owner = await stack.signUp();
  const key = await owner.client
    .rpc("create_api_key", { organization_id: owner.organizationId, name: "Night jobs" })
    .single<{ key: string }>();
  if (key.error) throw key.error;
  apiKey = key.data.key;
  await owner.client.rpc("set_data_policy", { organization_id: owner.organizationId, policy: "full" });
  await ask("fake-gpt");
  await ask("fake-gpt-mini");
  await ask(stack.provider.modelThat({ failure: "status_500" }));
});

async function ask(model: string, content = "Hello"): Promise<string> {
  const response = await fetch(`${stack.gatewayUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ model, messages: [{ role: "user", content }] }),
  });
  await response.text();
  return response.headers.get("x-nemo-request-id") ?? "";
}

test("requests are found by what they were, held still, followed again, and read in full", async () => {
  const { page, goto, screenshot, complaints } = await browser.visitAs(owner);
  await goto(`/o/${owner.organizationId}/logs`);
  const rows = page.getByRole("table", { name: "Requests" }).getByRole("row");
  /** That many rows, the heading's included. */
  const shows = (count: number) => expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(count);
  await shows(4);
  await page.getByRole("combobox", { name: "Outcome" }).click();
  await page.getByRole("option", { name: "Failed" }).click();
  await shows(2);
  await rows.nth(1).getByText("upstream_500").or(rows.nth(1).getByText(/^500/)).first().waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await shows(4);

  await page.getByRole("combobox", { name: "Time" }).click();
  await page.getByRole("option", { name: "Between two times" }).click();
  await shows(4);
  await page.getByLabel("Until").fill("2026-01-01T00:00");
  await page.getByText("No request fits").waitFor();
  await screenshot("logs-between");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await shows(4);

  await page.getByRole("button", { name: "Hold" }).click();
  const marker = `Marker ${randomUUID()}`;
  const id = await ask("fake-gpt", marker);
  await page.getByText("held, new requests wait").waitFor();
  await page.getByRole("button", { name: "Follow" }).click();
  await shows(5);

  await page.getByRole("searchbox", { name: "Find a request id" }).fill(id);
  await shows(2);
  await rows.nth(1).getByText("fake answer").waitFor();
  await expectAccessible(page);
  await rows.nth(1).getByRole("button").click();
  const dialog = page.getByRole("dialog", { name: "Request" });
  await dialog.getByText(id).waitFor();
  await dialog.getByText(marker).first().waitFor();
  await dialog.getByText("Night jobs").waitFor();
  await screenshot("log-in-full");
  expect(complaints).toEqual([]);
});

test("usage is counted, split by model and read as a table, in both themes", async () => {
  for (const theme of ["light", "dark"] as const) {
    const { page, goto, screenshot, complaints, context } = await browser.visitAs(owner, { theme });
    await goto(`/o/${owner.organizationId}/analytics`);
    await page.getByRole("heading", { name: "How many requests?" }).waitFor();
    await page.getByRole("combobox", { name: "Split" }).click();
    await page.getByRole("option", { name: "By model" }).click();
    const totals = page.getByRole("list", { name: "Totals: How many requests?" });
    await totals.getByText("fake-gpt-mini").waitFor();
    await screenshot("analytics-by-model");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Table" }).first().click();
    const table = page.getByRole("table", { name: "How many requests?" });
    await table.getByRole("columnheader", { name: "fake-gpt-mini" }).waitFor();
    await page.getByRole("button", { name: "Copy as a table" }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toMatch(/^When\t.*fake-gpt-mini/);
    expect(complaints).toEqual([]);
    await context.close();
  }
});
