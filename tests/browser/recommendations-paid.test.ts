import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type OwnWorker,
  startOwnWorker,
} from "../../supabase/functions/recommendations/testing/own-worker.ts";
import { makeTemplate } from "../../supabase/functions/recommendations/testing/recommendations-client.ts";
import {
  purpose,
  rewriteTo,
  verdict,
} from "../../supabase/functions/recommendations/testing/scripted-provider.ts";
import { useStack } from "../support/stack.ts";
import { openBrowser } from "./support/browser.ts";

/*
 * Rewrites by the platform's provider, paid with credit. The stack's own is a fake, which is never asked; so the page's
 * calls go to another process of the same function, whose provider is none.
 */
const stack = useStack();
const browser = openBrowser();
const PROMPT = "You are a clerk. The answer should be written in English. Answer {{ question }} in 50 words.";

let worker: OwnWorker;
beforeAll(async () => {
  worker = await startOwnWorker(stack);
});
afterAll(() => worker.stop());

test("what it may cost is said and agreed to first; what it cost is charged and said after", async () => {
  worker.follow((asked) =>
    purpose(asked) === "rewrite"
      ? rewriteTo(PROMPT.replace("The answer should be written in English.", "Write the answer in English."))
      : purpose(asked) === "verdict"
        ? verdict("tie")
        : "An answer.",
  );
  const owner = await stack.signUp();
  const templateId = await makeTemplate(owner, PROMPT, { model: "gpt-4o-mini" });
  const { page, goto, screenshot } = await browser.visitAs(owner);
  await page.route("**/functions/v1/recommendations/**", (route) => {
    const path = new URL(route.request().url()).pathname.replace("/functions/v1/recommendations", "");
    return route.continue({ url: `${worker.url}${path}` });
  });
  await goto(`/o/${owner.organizationId}/templates/${templateId}/recommendations`);
  await page.getByRole("button", { name: "Ask for recommendations" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: /clearer/ }).check();
  await dialog.getByRole("checkbox", { name: /rules/ }).uncheck();
  await dialog.getByText("The platform's provider is asked.").waitFor();
  await dialog
    .getByText(/What was used is charged to your credit, never more than the upper figure/)
    .waitFor();
  await screenshot("recommendation-paid");
  expect(worker.asked).toEqual([]);
  await dialog.getByRole("button", { name: /^Ask, for at most \$0\.00\d+$/ }).click();
  await page.getByRole("article", { name: "A clearer wording" }).waitFor();
  await page.getByText("Asked gpt-4o-mini; charged $0.00015.").waitFor();
  const { data: ledger } = await owner.client
    .from("credit_ledger")
    .select("amount_nanousd, model")
    .eq("kind", "charge");
  // 7 calls of 100 and 10 tokens at $0.15 and $0.60 per million.
  expect(ledger).toEqual([{ amount_nanousd: -147_000, model: "gpt-4o-mini" }]);
});
