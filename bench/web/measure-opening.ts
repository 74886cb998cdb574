import type { CDPSession } from "playwright-core";
import { type Opened, openPage, type Place } from "./visitor.ts";

/** One visit of the library: milliseconds since its beginning, and what was fetched until it could be used. */
export type Opening = {
  /** The last of the scripts the page begins with is here. */
  scripts: number;
  /** A template is on the screen. */
  firstRow: number;
  /** The first idle moment after that. */
  interactive: number;
  requests: number;
};

/** What the page's main thread computed for it, in milliseconds of processor time, without the slowdown. */
export type Work = { scripting: number; styleAndLayout: number; other: number };

type Watched = { firstRow?: number; interactive?: number };

/** Runs in the page, before anything of it: how soon it can be used is noted there and then. */
function watchOpening() {
  const watched: Watched = {};
  Object.assign(window, { watched });
  const observer = new MutationObserver(() => {
    if (!document.querySelector('ul[aria-label="Templates"] li')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      watched.firstRow = performance.now();
      requestIdleCallback(() => {
        watched.interactive = performance.now();
      });
    });
  });
  observer.observe(document, { childList: true, subtree: true });
}

async function visitLibrary({ page }: Opened, { library }: Place): Promise<Opening> {
  await page.goto(library, { waitUntil: "commit" });
  await page.waitForFunction(() => (window as unknown as { watched?: Watched }).watched?.interactive);
  return page.evaluate(() => {
    const { firstRow = Number.NaN, interactive = Number.NaN } = (window as unknown as { watched: Watched })
      .watched;
    const fetched = performance
      .getEntriesByType("resource")
      .filter(({ startTime }) => startTime < firstRow) as PerformanceResourceTiming[];
    const scripts = fetched.filter(({ name }) => name.endsWith(".js"));
    const last = Math.max(...scripts.map(({ responseEnd }) => responseEnd));
    return { scripts: last, firstRow, interactive, requests: fetched.length };
  });
}

/** The library with an empty cache, and once more with what the first visit left in it. */
export async function measureOpening(place: Place, slowdown: number) {
  const opened = await openPage(place, slowdown);
  await opened.context.addInitScript(watchOpening);
  const first = await visitLibrary(opened, place);
  await opened.page.waitForLoadState("networkidle");
  const again = await visitLibrary(opened, place);
  await opened.context.close();
  return { first, again };
}

/** Other work on the machine makes times longer, and this hardly. */
export async function measureWork(place: Place): Promise<Work> {
  const opened = await openPage(place, 1);
  await opened.context.addInitScript(watchOpening);
  await opened.devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  await visitLibrary(opened, place);
  const work = await workOf(opened.devtools);
  await opened.context.close();
  return work;
}

async function workOf(devtools: CDPSession): Promise<Work> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  const of = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1000;
  const scripting = of("ScriptDuration");
  const styleAndLayout = of("RecalcStyleDuration") + of("LayoutDuration");
  return { scripting, styleAndLayout, other: of("TaskDuration") - scripting - styleAndLayout };
}
