import { expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { openBrowser } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

test("a machine without any network still reaches the Supabase that runs on it", async () => {
  const owner = await stack.signUp();
  const { page, context, goto, complaints } = await browser.visit();
  await context.addInitScript(() => {
    Object.defineProperty(navigator, "onLine", { get: () => false });
    // Said again and again, so that whoever listens late hears it too.
    setInterval(() => dispatchEvent(new Event("offline")), 50);
  });
  await goto("/signin");
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("No templates yet").waitFor();
  expect(await page.getByText("You are offline").count()).toBe(0);
  expect(complaints).toEqual([]);
});
