import { cpus } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";

/** A browser, somebody who is signed in, and the library they look at. */
export interface Place {
  browser: Browser;
  webUrl: string;
  /** As supabase-js keeps it. */
  session: string;
  /** The path of the library. */
  library: string;
}

export interface Opened {
  context: BrowserContext;
  page: Page;
  devtools: CDPSession;
}

/** A window with nothing in its cache, on a processor that many times slower. */
export async function openPage({ browser, webUrl, session }: Place, slowdown: number): Promise<Opened> {
  const context = await browser.newContext({ baseURL: webUrl, viewport: { width: 1280, height: 800 } });
  await context.addInitScript((kept) => localStorage.setItem("nemo.session", kept), session);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return { context, page, devtools };
}

const QUIET = 0.25;
const PATIENCE_MS = 45_000;

/** Waits a while for a moment without other work on the machine; answers how much of it was busy in the last one. */
export async function quietMoment(): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const busy = await busyShare();
    if (busy <= QUIET || Date.now() > deadline) return busy;
  }
}

/** How much of the machine was busy in the second after the call. */
export async function busyShare(): Promise<number> {
  const before = processorTimes();
  await delay(1_000);
  const after = processorTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function processorTimes() {
  const times = cpus().map((cpu) => cpu.times);
  const all = times.flatMap((time) => Object.values(time)).reduce((sum, time) => sum + time, 0);
  return { idle: times.reduce((sum, time) => sum + time.idle, 0), all };
}
