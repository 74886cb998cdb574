import type { Browser, Page } from "playwright-core";

/** Somebody who is signed in, and where their library is. */
export interface Visitor {
  webUrl: string;
  organizationId: string;
  /** As supabase-js keeps it. */
  session: string;
}

async function openPage(browser: Browser, { webUrl, session }: Visitor, slowdown: number): Promise<Page> {
  const context = await browser.newContext({ baseURL: webUrl, viewport: { width: 1280, height: 800 } });
  await context.addInitScript((kept) => localStorage.setItem("nemo.session", kept), session);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return page;
}

const library = ({ organizationId }: Visitor) => `/o/${organizationId}/library`;

/** Milliseconds from the start of the navigation to the first idle moment with a template on the screen. */
async function untilInteractive(page: Page): Promise<number> {
  await page.locator('ul[aria-label="Templates"] li').first().waitFor();
  return page.evaluate(
    () =>
      new Promise<number>((done) => requestIdleCallback(() => done(performance.now()), { timeout: 10_000 })),
  );
}

/**
 * The library with an empty cache, and once more with a full one. `work` is what the page's main thread computed
 * for the first until it was interactive, in milliseconds of processor time without the slowdown: other work on the
 * machine makes the other two longer, and this one not.
 */
export async function measureOpening(browser: Browser, visitor: Visitor, slowdown: number) {
  const work = await measureWork(browser, visitor);
  const page = await openPage(browser, visitor, slowdown);
  await page.goto(library(visitor), { waitUntil: "commit" });
  const first = await untilInteractive(page);
  await page.waitForLoadState("networkidle");
  await page.goto(library(visitor), { waitUntil: "commit" });
  const again = await untilInteractive(page);
  await page.context().close();
  return { first, again, work };
}

async function measureWork(browser: Browser, visitor: Visitor): Promise<number> {
  const page = await openPage(browser, visitor, 1);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(library(visitor), { waitUntil: "commit" });
  await untilInteractive(page);
  const { metrics } = await devtools.send("Performance.getMetrics");
  await page.context().close();
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}

/** How long each key and press took until the page showed what came of it, in milliseconds. */
export async function measureInteractions(
  browser: Browser,
  visitor: Visitor,
  slowdown: number,
): Promise<number[]> {
  const page = await openPage(browser, visitor, slowdown);
  await page.goto(library(visitor));
  await untilInteractive(page);
  await page.waitForLoadState("networkidle");
  await page.evaluate(watchInteractions);

  const search = page.getByRole("searchbox").or(page.getByLabel("Find by name, tag or description"));
  await search.first().click();
  for (const words of ["agent-42", "team-7 live"]) {
    await page.keyboard.type(words, { delay: 120 });
    for (let letter = 0; letter < words.length; letter += 1)
      await page.keyboard.press("Backspace", { delay: 60 });
  }
  for (const [select, option] of [
    ["Order", "By name"],
    ["Show", "Not active"],
    ["Show", "All templates"],
  ] as const) {
    await page.getByRole("combobox", { name: select, exact: true }).click();
    await page.getByRole("option", { name: option }).click();
  }
  for (let step = 0; step < 6; step += 1) await page.keyboard.press("PageDown", { delay: 60 });
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog", { name: "Go anywhere" }).waitFor();
  await page.keyboard.type("agent-499", { delay: 120 });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(500);
  const durations = await page.evaluate(readInteractions);
  await page.context().close();
  return durations;
}

type Watched = { interactions: Map<number, number> };

/** Runs in the page: the longest event of each interaction counts, as in Interaction to Next Paint. */
function watchInteractions() {
  const interactions = new Map<number, number>();
  Object.assign(window, { interactions });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
      const { interactionId, duration } = entry;
      if (interactionId > 0)
        interactions.set(interactionId, Math.max(interactions.get(interactionId) ?? 0, duration));
    }
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
}

function readInteractions(): number[] {
  return [...(window as unknown as Watched).interactions.values()];
}
