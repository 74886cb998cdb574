import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, screenshots, type TestPage } from "./support/browser.ts";
import { type Lively, livelyOrganization } from "./support/lively.ts";
import { type Place, places } from "./support/places.ts";

const stack = useStack();
const browser = openBrowser();
const tour = fileURLToPath(new URL("../../docs/tour/", import.meta.url));

let world: Lively;
beforeAll(async () => {
  world = await livelyOrganization(stack);
});
afterAll(() => world?.team.sql.end());

/** Goes there as a link does, and waits for the data and not only for the frame around it. */
async function open({ page, follow }: TestPage, { heading, path, shows }: Place) {
  const to = path(world);
  await follow(to);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await page.waitForFunction((href) => {
    const link = document.querySelector(`a[href="${href}"]`);
    return !link || link.getAttribute("aria-current") === "page" || !link.closest("nav");
  }, to);
  await page.getByText(shows).filter({ visible: true }).first().waitFor();
  await page.getByRole("status", { name: "Loading" }).first().waitFor({ state: "detached" });
}

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
      await open(visitor, place);
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
        expect(await overflow(visitor), `${name} on a ${size} screen`).toBeLessThanOrEqual(0);
      }
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

describe("what would be refused is not offered", () => {
  /** Who the least role is that finds the button on the page. */
  const offers: [place: string, button: string, least: string][] = [
    ["library", "New template", "member"],
    ["template-recommendations", "Ask for recommendations", "member"],
    ["test-set-up", "Save draft", "member"],
    ["replay", "New set", "member"],
    ["history", "Activate v2", "member"],
    ["keys", "New key", "admin"],
    ["keys", "Revoke web shop, production", "admin"],
    ["providers", "Connect a provider", "admin"],
    ["providers", "Remove acme", "admin"],
    ["members", "Invite someone", "admin"],
    ["organization", "Save the name", "admin"],
    ["organization", "Save what is kept", "admin"],
    ["organization", "Save how long", "admin"],
    ["organization", "Delete this organization", "owner"],
  ];
  const roles = ["viewer", "member", "admin", "owner"] as const;

  test.each(roles)("to a %s, who can open every page", async (role) => {
    const visitor = await browser.visitAs(world.people[role]);
    const allowed = (least: string) => roles.indexOf(role) >= roles.indexOf(least as typeof role);
    for (const place of places) {
      // The audit log and drafts of tests say who can instead of showing themselves.
      const closed =
        (place.name === "audit" && !allowed("admin")) ||
        (["test-edit", "test-set-up", "replay"].includes(place.name) && !allowed("member"));
      if (closed) await visitor.follow(place.path(world));
      else await open(visitor, place);
      for (const [, button, least] of offers.filter(([where]) => where === place.name)) {
        const found = visitor.page.getByRole("button", { name: button });
        if (allowed(least)) await found.first().waitFor();
        else expect(await found.count(), `${button} for a ${role}`).toBe(0);
      }
    }
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });
});
