import type { Page } from "playwright-core";
import { openPage, type Place } from "./visitor.ts";

/** What a person did, and how long each key and press took until the page showed what came of it, in milliseconds. */
export type Interactions = Record<string, number[]>;

type Deed = [name: string, run: (page: Page) => Promise<unknown>];

const typeInto = async (page: Page, words: string) => {
  await page.keyboard.type(words, { delay: 100 });
  for (const _letter of words) await page.keyboard.press("Backspace", { delay: 40 });
};

const choose = async (page: Page, select: string, option: string) => {
  await page.getByRole("combobox", { name: select, exact: true }).click();
  await page.getByRole("option", { name: option }).click();
};

const deeds: Deed[] = [
  [
    "search",
    async (page) => {
      await page.getByRole("searchbox", { name: "Find by name, tag or description" }).click();
      for (const words of ["agent-42", "team-7 live"]) await typeInto(page, words);
    },
  ],
  [
    "filter and sort",
    async (page) => {
      await choose(page, "Order", "By name");
      await choose(page, "Show", "Not active");
      await choose(page, "Show", "All templates");
    },
  ],
  [
    "scroll",
    async (page) => {
      await page.getByRole("heading", { name: "Library" }).click();
      for (let step = 0; step < 8; step += 1) await page.keyboard.press("PageDown", { delay: 60 });
      await page.keyboard.press("Home");
    },
  ],
  [
    "palette",
    async (page) => {
      await page.keyboard.press("ControlOrMeta+k");
      await page.getByRole("dialog", { name: "Go anywhere" }).waitFor();
      await page.keyboard.type("agent-499", { delay: 100 });
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Escape");
    },
  ],
  [
    "open a template",
    async (page) => {
      await page.locator('ul[aria-label="Templates"] li').nth(2).click();
      await textOf(page).waitFor();
    },
  ],
  [
    "write in the editor",
    async (page) => {
      await textOf(page).click();
      await page.keyboard.type("You are {{ role }}. Answer in {{ language }}.", { delay: 80 });
    },
  ],
  [
    "menu and dialog",
    async (page) => {
      await page.getByRole("button", { name: /^More about/ }).click();
      await page.getByRole("menuitem", { name: "Description and tags" }).click();
      await page.getByLabel("Description").fill("Sums up");
      await page.keyboard.press("Escape");
    },
  ],
  [
    "go back and forth",
    async (page) => {
      for (const name of ["Library", "Tests", "Logs", "Library"]) {
        await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
        await page.getByRole("heading", { level: 1, name }).waitFor();
      }
    },
  ],
];

const textOf = (page: Page) => page.getByRole("textbox", { name: "Text of message 1" });

export async function measureInteractions(place: Place, slowdown: number): Promise<Interactions> {
  const { page, context } = await openPage(place, slowdown);
  await context.addInitScript(watchInteractions);
  await page.goto(place.library);
  await page.locator('ul[aria-label="Templates"] li').first().waitFor();
  await page.waitForLoadState("networkidle");
  const measured: Interactions = {};
  for (const [name, run] of deeds) {
    await run(page);
    await page.waitForTimeout(400);
    measured[name] = await page.evaluate(readInteractions);
  }
  await context.close();
  return measured;
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
  const { interactions } = window as unknown as Watched;
  const durations = [...interactions.values()];
  interactions.clear();
  return durations;
}
