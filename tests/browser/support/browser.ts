import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { type Person, useStack } from "../../support/stack.ts";
import { keepJournal } from "./journal.ts";

export const screenshots = fileURLToPath(new URL("../../../output/screenshots/", import.meta.url));

export type Width = "phone" | "tablet" | "laptop" | "desktop" | "4K" | "tour";
const sizes: Record<Width, { width: number; height: number }> = {
  phone: { width: 360, height: 780 },
  tablet: { width: 800, height: 1024 },
  laptop: { width: 1280, height: 800 },
  desktop: { width: 2560, height: 1440 },
  /** Small enough for its text to be read in a page of the documentation. */
  tour: { width: 1024, height: 640 },
  "4K": { width: 3840, height: 2160 },
};

export interface OpenOptions {
  theme?: "light" | "dark";
  size?: Width;
}

export interface TestBrowser {
  /** A page of a person who has never been here; whatever it throws or logs as an error fails the test that asks. */
  visit(options?: OpenOptions): Promise<TestPage>;
  /** A page of somebody who has signed in. */
  visitAs(person: Person, options?: OpenOptions): Promise<TestPage>;
}

export interface TestPage {
  page: Page;
  context: BrowserContext;
  /** What went wrong unseen: exceptions, and errors written to the console. */
  complaints: string[];
  goto(path: string): Promise<void>;
  /** As pressing a link does it: without loading the application again. */
  follow(path: string): Promise<void>;
  resize(size: Width): Promise<void>;
  screenshot(name: string): Promise<void>;
}

/** One Chromium for the file; every visit is a person of their own, with their own storage. */
export function openBrowser(): TestBrowser {
  let browser: Browser;
  const stack = useStack();
  const journals: string[][] = [];
  beforeAll(async () => {
    browser = await launchChromium();
    await mkdir(screenshots, { recursive: true });
  });
  afterAll(() => browser?.close());
  // A failure says what was on the way: it may not come again.
  afterEach(({ task }) => {
    if (task.result?.state !== "fail") return;
    for (const journal of journals) console.error(journal.slice(-60).join("\n"));
  });

  async function visit({ theme = "light", size = "laptop" }: OpenOptions = {}): Promise<TestPage> {
    const context = await browser.newContext({
      viewport: sizes[size],
      colorScheme: theme,
      permissions: ["clipboard-read", "clipboard-write"],
      baseURL: stack.webUrl,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    journals.push(keepJournal(page));
    const complaints: string[] = [];
    let shown = size;
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    return {
      page,
      context,
      complaints,
      goto: async (path) => void (await page.goto(path)),
      follow: async (path) => {
        if (page.url() === "about:blank") await page.goto(path);
        await page.evaluate((to) => {
          history.pushState(null, "", to);
          dispatchEvent(new PopStateEvent("popstate"));
        }, path);
      },
      resize: async (next) => {
        shown = next;
        await page.setViewportSize(sizes[next]);
      },
      screenshot: async (name) =>
        void (await page.screenshot({ path: `${screenshots}${name}-${theme}-${shown}.png` })),
    };
  }

  return {
    visit,
    async visitAs(person, options) {
      const opened = await visit(options);
      // The session is put where signing in would put it: signing in itself has a story of its own.
      const { data } = await person.client.auth.getSession();
      await opened.context.addInitScript((session) => {
        if (!sessionStorage.getItem("visited")) localStorage.setItem("nemo.session", session);
        sessionStorage.setItem("visited", "yes");
      }, JSON.stringify(data.session));
      return opened;
    },
  };
}
