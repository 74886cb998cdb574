import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { type Lively, livelyOrganization } from "./support/lively.ts";
import { openPlace } from "./support/open-place.ts";
import { places } from "./support/places.ts";

const stack = useStack();
const browser = openBrowser();
let world: Lively;
let visitor: TestPage;

beforeAll(async () => {
  world = await livelyOrganization(stack);
  visitor = await browser.visitAs(world.people.owner);
});
afterAll(() => world?.team.sql.end());

const overflow = () =>
  visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Texts whose lines are closer together than their letters are high: the lines run into each other. */
const crowded = () =>
  visitor.page.evaluate(() =>
    [...document.querySelectorAll("#root *")]
      .filter((element) =>
        [...element.childNodes].some(
          ({ nodeType, data }: Node & { data?: string }) => nodeType === Node.TEXT_NODE && data?.trim(),
        ),
      )
      .filter((element) => !element.closest("svg"))
      .filter((element) => {
        const { lineHeight, fontSize } = getComputedStyle(element);
        return Number.parseFloat(lineHeight) < Number.parseFloat(fontSize);
      })
      .map(({ textContent }) => textContent?.slice(0, 40)),
  );

/** WCAG 1.4.10: a window of 1280 px at 400 %, and letters twice as large, which a browser's settings ask for. */
describe("at any zoom and with large letters", () => {
  test.each(places.map((place) => [place.name, place] as const))(
    "nothing of the page %s is cut off or runs into something else",
    async (name, place) => {
      const { page } = visitor;
      await visitor.resize("laptop");
      await openPlace(visitor, place, world);
      await page.setViewportSize({ width: 320, height: 640 });
      await expect.poll(overflow, { message: `${name}, 320 px` }).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 640, height: 480 });
      await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
      await expect.poll(overflow, { message: `${name}, large letters` }).toBeLessThanOrEqual(0);
      await expect.poll(crowded, { message: `${name}, large letters` }).toEqual([]);
      await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
    },
  );
});
