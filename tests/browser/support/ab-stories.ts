import type { Page } from "playwright-core";
import { makeTeam, type Team } from "../../../supabase/functions/gateway/testing/team.ts";
import type { Served } from "../../support/record-requests.ts";
import type { TestStack } from "../../support/stack.ts";

/** An organization with a template of two versions, the first of them active: one for each story. */
export async function teamWithTwoVersions(stack: TestStack): Promise<Team> {
  const team = await makeTeam(stack, "Be brief.", { config: { model: "fake-gpt" } });
  await team.save("Be friendly.");
  return team;
}

/** A test drafted and started by supabase-js; answers its id. */
export async function startedTest(team: Team, name: string, more: object = {}): Promise<string> {
  const rpc = (call: string, args: object) => team.person.client.rpc(call, args).throwOnError();
  const variants = [1, 2].map((version) => ({ version, weight: 5000 }));
  const { data } = await rpc("create_ab_test", { template_id: team.templateId, name, variants, ...more });
  await rpc("start_ab_test", { test_id: data.id });
  return data.id;
}

/** Asks the gateway once; answers the variant of the receipt, and when the answer was there. */
export async function ask(team: Team, more: object = {}) {
  const body = { model: `nemo/${team.name}`, messages: [{ role: "user", content: "Hello" }], ...more };
  const response = await team.post("/chat/completions", body);
  await response.arrayBuffer();
  return { variant: response.headers.get("x-nemo-variant"), answeredAt: Date.now() };
}

/** As many requests of each variant, over the last minutes, A slower than B. */
export const lively = (count: number): Served[] =>
  Array.from({ length: count }, (_, i) => ({
    variant: i % 2 ? "B" : "A",
    version: i % 2 ? 2 : 1,
    latency_ms: (i % 2 ? 60 : 100) + (i % 40),
    status: i % 50 === 7 ? 500 : 200,
    secondsAgo: Math.round(600 - (600 * i) / count),
  }));

declare global {
  interface Window {
    /** When the page first showed each number of requests. */
    nemoCounts: Record<number, number>;
  }
}

/**
 * Has the page itself note when its table shows which number of requests, so that asking for it takes no time away
 * from what is measured. Answers a function that waits for a number and says when it was shown.
 */
export async function watchCounts(page: Page): Promise<(count: number) => Promise<number>> {
  await page.evaluate(() => {
    window.nemoCounts = {};
    const look = () => {
      const rows = [...document.querySelectorAll('table[aria-label="Results per variant"] tbody tr')];
      const count = rows.reduce((sum, row) => sum + Number(row.children[3]?.textContent), 0);
      window.nemoCounts[count] ??= Date.now();
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    look();
  });
  return async (count) => {
    await page.waitForFunction((wanted) => window.nemoCounts[wanted] !== undefined, count, { polling: 200 });
    return page.evaluate((wanted) => window.nemoCounts[wanted] ?? 0, count);
  };
}

/** How many requests the open page has counted. */
export const requestsShown = (page: Page) =>
  page
    .getByRole("table", { name: "Results per variant" })
    .getByRole("row")
    .evaluateAll((rows) => rows.slice(1).reduce((sum, row) => sum + Number(row.children[3]?.textContent), 0));
