import { randomUUID } from "node:crypto";
import OpenAI from "openai";
import { expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { openBrowser } from "./support/browser.ts";
import { watchText } from "./support/watch-text.ts";

const stack = useStack();
const browser = openBrowser();

test("a newcomer signs up, writes a prompt, serves it, and sees the request arrive without reloading", async () => {
  const { page, goto, screenshot, complaints } = await browser.visit();
  await goto("/");
  await page.getByRole("link", { name: "Make an account" }).click();
  await page.getByRole("heading", { name: "Make an account" }).waitFor();
  await page.getByLabel("E-mail").fill(`newcomer-${randomUUID()}@tests.nemo.test`);
  await page.getByLabel("Password").fill(`pass-${randomUUID()}`);
  await screenshot("sign-up");
  await page.getByRole("button", { name: "Sign up" }).click();

  await page.getByRole("heading", { name: "Library" }).waitFor();
  const step = (name: string) => page.getByRole("region", { name: "First steps" }).getByText(name);
  await step("Write a template").and(page.locator("[aria-current=step]")).waitFor();
  await page.getByRole("link", { name: "Credits $5.00" }).waitFor();
  await screenshot("library-empty");
  await page.getByRole("button", { name: "New template" }).click();
  await page.getByLabel("Name").fill("support-agent");
  await page.getByRole("button", { name: "Create template" }).click();

  const text = page.getByRole("textbox", { name: "Text of message 1" });
  await text.click();
  const marker = randomUUID();
  await page.keyboard.insertText(
    `You are a {{ role }} (${marker}).\nAnswer in {{ lang | default("English") }}.`,
  );
  await page.getByRole("button", { name: "Save v1" }).click();
  await page.getByLabel("Note").fill("First words");
  await page.getByRole("button", { name: "Save version 1" }).click();
  await page.getByRole("button", { name: "Activate v1" }).click();
  await page.getByRole("banner").or(page.locator("header")).getByText("v1 · active").first().waitFor();
  await screenshot("editor-active");

  await page.getByRole("link", { name: "Make one in the settings" }).click();
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("Name").fill("my script");
  await page.getByRole("button", { name: "Make the key" }).click();
  const apiKey = await page.getByRole("textbox", { name: "Key" }).inputValue();
  expect(apiKey).toMatch(/^nemo_sk_/);
  await screenshot("key-once");
  const shown = await watchText(page);
  await page.getByRole("button", { name: "I have kept it" }).click();
  await expect.poll(() => page.content()).not.toContain(apiKey);
  // The dialog goes as it was, and asks for no other key on its way.
  expect((await shown()).dialogs).not.toContain("New key");

  await step("Waiting for the first request").waitFor();
  await page.getByRole("link", { name: "Logs" }).click();
  await page.getByText("No requests yet").waitFor();
  await page.getByText("live", { exact: true }).waitFor();

  const client = new OpenAI({ baseURL: stack.gatewayUrl, apiKey });
  const { data: answer, response } = await client.chat.completions
    .create({
      model: "nemo/support-agent",
      messages: [{ role: "user", content: "Where is my order?" }],
      ...{ nemo_prompt_variables: { role: "support agent" } },
    })
    .withResponse();
  expect(answer.choices[0]?.message.content).toBeTruthy();
  expect(response.headers.get("x-nemo-version")).toBe("1");
  const [received] = await stack.provider.requests(marker);
  expect(received?.body).toContain("You are a support agent");
  expect(received?.body).not.toContain("nemo_");

  const row = page.getByRole("table", { name: "Requests" }).getByRole("row").nth(1);
  await row.getByText("support-agent").waitFor();
  await row.getByText("v1").waitFor();
  await step("The first request was answered").waitFor();
  await screenshot("logs");
  await row.getByRole("button").click();
  const requestId = response.headers.get("x-nemo-request-id") ?? "no id";
  await page.getByRole("dialog", { name: "Request" }).getByText(requestId).waitFor();
  expect(complaints).toEqual([]);
});
