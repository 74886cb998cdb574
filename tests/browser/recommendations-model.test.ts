import { afterEach, expect, test } from "vitest";
import { connectFake } from "../../supabase/functions/providers/testing/providers-client.ts";
import { makeTemplate } from "../../supabase/functions/recommendations/testing/recommendations-client.ts";
import {
  type Asked,
  purpose,
  rewriteTo,
  type Scripted,
  type ScriptedProvider,
  startScriptedProvider,
  verdict,
} from "../../supabase/functions/recommendations/testing/scripted-provider.ts";
import { type Person, useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage, type Width } from "./support/browser.ts";

/* Rewrites by the organization's own provider, which is slow enough for its progress to be watched. */
const stack = useStack();
const browser = openBrowser();
const KEY = "sk-own-0123456789";
const PROMPT = "You are a clerk. The answer should be written in English. Answer {{ question }} in 50 words.";
const BETTER = "You are a clerk. Write the answer in English. Answer {{ question }} in 50 words.";

let provider: ScriptedProvider | undefined;
afterEach(async () => {
  await provider?.close();
  provider = undefined;
});

const answers: Record<ReturnType<typeof purpose>, string> = {
  rewrite: rewriteTo(BETTER),
  answer: "An answer.",
  verdict: verdict("tie"),
};

/** An organization whose provider answers as `gate` lets it. */
async function office(gate: (asked: Asked) => Promise<Scripted | undefined>): Promise<[Person, string]> {
  provider = await startScriptedProvider(
    async (asked) => (await gate(asked)) ?? answers[purpose(asked)],
    stack.ownProviderPort,
  );
  const owner = await stack.signUp();
  await connectFake(stack, owner, { base_url: provider.url, api_key: KEY });
  return [owner, await makeTemplate(owner, PROMPT, { model: "acme/gpt-4o-mini" })];
}

/** Opens the template's recommendations, chooses a clearer wording alone and reads what it may cost. */
async function openAsking(owner: Person, templateId: string, size: Width = "laptop"): Promise<TestPage> {
  const visitor = await browser.visitAs(owner, { size });
  const { page } = visitor;
  await visitor.goto(`/o/${owner.organizationId}/templates/${templateId}/recommendations`);
  await page.getByRole("button", { name: "Ask for recommendations" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: /clearer/ }).check();
  await dialog.getByRole("checkbox", { name: /rules/ }).uncheck();
  await dialog.getByText(/Estimate: \$0\.\d+ to \$0\.\d+ with gpt-4o-mini, at most 9 calls/).waitFor();
  await dialog
    .getByText("Your own provider acme is asked and bills you itself: no credit is used.")
    .waitFor();
  return visitor;
}

const ask = (visitor: TestPage) =>
  visitor.page
    .getByRole("dialog")
    .getByRole("button", { name: /^Ask, for at most \$0\.\d+$/ })
    .click();

test("a rewrite is asked of the own provider: cost first, progress meanwhile, then the judged rewrite", async () => {
  const rewriting = Promise.withResolvers<undefined>();
  const judging = Promise.withResolvers<undefined>();
  const [owner, templateId] = await office((asked) =>
    purpose(asked) === "rewrite" ? rewriting.promise : judging.promise,
  );
  const visitor = await openAsking(owner, templateId);
  const { page, screenshot, complaints } = visitor;
  await screenshot("recommendation-cost");
  await expectAccessible(page);
  expect(provider!.asked, "nothing is asked before somebody agreed").toEqual([]);
  await ask(visitor);
  const jobs = page.getByRole("list", { name: "Jobs" });
  await jobs.getByText("v1, rewriting for clarity").waitFor();
  await jobs.getByRole("progressbar", { name: "Progress of v1" }).waitFor();
  await page.getByText("Being looked over").waitFor();
  await screenshot("recommendation-progress");
  await visitor.resize("phone");
  await screenshot("recommendation-progress");
  await visitor.resize("laptop");
  rewriting.resolve(undefined);
  await jobs.getByText("v1, judging the rewrite for clarity").waitFor();
  judging.resolve(undefined);

  const article = page.getByRole("article", { name: "A clearer wording" });
  await article.getByText("written by gpt-4o-mini, checked against the template").waitFor();
  await article.getByText("n = 4 judgements").waitFor();
  await article.getByText("Quality: by a judging model").waitFor();
  await jobs.getByText(/Asked acme\/gpt-4o-mini; no credit was used, \$0\.000\d+ by its price\./).waitFor();
  await screenshot("recommendation-judged");
  await expectAccessible(page);
  expect(new Set(provider!.keys)).toEqual(new Set([`Bearer ${KEY}`]));
  expect(provider!.asked).toHaveLength(7);
  const { data: ledger } = await owner.client.from("credit_ledger").select("kind");
  expect(ledger!.filter(({ kind }) => kind === "charge")).toEqual([]);
  expect(complaints).toEqual([]);
});

test("a job that is cancelled while its provider thinks ends at its next step, with nothing kept", async () => {
  const thinking = Promise.withResolvers<undefined>();
  const [owner, templateId] = await office(() => thinking.promise);
  const visitor = await openAsking(owner, templateId, "phone");
  const { page, screenshot, complaints } = visitor;
  await ask(visitor);
  const jobs = page.getByRole("list", { name: "Jobs" });
  await jobs.getByText("v1, rewriting for clarity").waitFor();
  await jobs.getByRole("button", { name: "Cancel" }).click();
  await jobs.getByText("stopping").waitFor();
  await screenshot("recommendation-stopping");
  thinking.resolve(undefined);
  await jobs.getByText("v1 cancelled").waitFor();
  await page.getByText("Nothing open").waitFor();
  expect(provider!.asked.map(purpose)).toEqual(["rewrite"]);
  const { data } = await owner.client.from("prompt_recommendations").select("id");
  expect(data).toEqual([]);
  expect(complaints).toEqual([]);
});
