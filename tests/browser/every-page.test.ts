import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, screenshots, type TestPage } from "./support/browser.ts";
import { type Lively, livelyOrganization } from "./support/lively.ts";
import { openPlace } from "./support/open-place.ts";
import { places } from "./support/places.ts";

const stack = useStack();
const browser = openBrowser();
const tour = fileURLToPath(new URL("../../docs/tour/", import.meta.url));

let world: Lively;
beforeAll(async () => {
  world = await livelyOrganization(stack);
});
afterAll(() => world?.team.sql.end());

const overflow = ({ page }: TestPage) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  let visitor: TestPage;
  beforeAll(async () => {
    visitor = await browser.visitAs(world.people.owner, { theme });
  });
  afterAll(() => visitor?.context.close());

  test.each(places.map((place) => [place.name, place] as const))(
    "axe finds nothing on the page %s, and nothing scrolls sideways on a phone or a 4K screen",
    async (name, place) => {
      await visitor.resize("laptop");
      await openPlace(visitor, place, world);
      await visitor.screenshot(name);
      if (process.env.NEMO_UPDATE_TOUR && theme === "light") {
        await mkdir(tour, { recursive: true });
        await visitor.resize("tour");
        await visitor.screenshot(name);
        await copyFile(`${screenshots}${name}-light-tour.png`, `${tour}${name}.png`);
        await visitor.resize("laptop");
      }
      await expectAccessible(visitor.page);
      for (const size of ["4K", "phone"] as const) {
        await visitor.resize(size);
        // What is drawn to its frame's size, such as a chart, follows a new size with the next frame.
        await expect
          .poll(() => overflow(visitor), { message: `${name} on a ${size} screen` })
          .toBeLessThanOrEqual(0);
      }
      await expectAccessible(visitor.page);
      await visitor.screenshot(name);
    },
  );

  test("axe finds nothing on any component", async () => {
    await visitor.resize("laptop");
    await visitor.goto("/gallery");
    await visitor.page.getByRole("heading", { name: "Components" }).waitFor();
    await expectAccessible(visitor.page);
  });

  test("axe finds nothing where people sign in, sign up and reset", async () => {
    const stranger = await browser.visit({ theme });
    await stranger.goto("/signin");
    for (const path of ["/signin", "/signup", "/reset"]) {
      await stranger.follow(path);
      await stranger.page.getByRole("heading", { level: 1 }).waitFor();
      await expectAccessible(stranger.page);
    }
    await stranger.context.close();
  });
});

describe("every column of a list is seen without scrolling sideways", () => {
  const lists = ["keys", "members", "providers", "credits", "audit", "logs", "template-logs"];
  let visitor: TestPage;
  beforeAll(async () => {
    visitor = await browser.visitAs(world.people.owner);
  });
  afterAll(() => visitor?.context.close());

  test.each(places.filter(({ name }) => lists.includes(name)).map((place) => [place.name, place] as const))(
    "on the page %s",
    async (name, place) => {
      await visitor.resize("laptop");
      await openPlace(visitor, place, world);
      for (const size of ["laptop", "tablet", "phone"] as const) {
        await visitor.resize(size);
        const hidden = () =>
          visitor.page.locator("table").evaluateAll((tables) =>
            tables.map((table) => {
              const scroller = table.parentElement!;
              return scroller.scrollWidth - scroller.clientWidth;
            }),
          );
        await expect
          .poll(async () => Math.max(...(await hidden())), { message: `${name} on a ${size}` })
          .toBeLessThanOrEqual(0);
      }
    },
  );
});
