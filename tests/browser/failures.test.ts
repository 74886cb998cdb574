import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { type Lively, livelyOrganization } from "./support/lively.ts";
import { type Place, places } from "./support/places.ts";

const stack = useStack();
const browser = openBrowser();

let world: Lively;
let visitor: TestPage;
beforeAll(async () => {
  world = await livelyOrganization(stack);
  visitor = await browser.visitAs(world.people.owner);
});
afterAll(async () => {
  await visitor?.context.close();
  await world?.team.sql.end();
});

/** Refuses what this page asks for, but not what it takes to come to it. */
async function refuse(path: string) {
  const spared = /\/templates\//.test(path) ? /\/(memberships|prompt_templates)\?/ : /\/(memberships)\?/;
  await visitor.page.route(/\/(rest|functions)\/v1\//, async (route) => {
    const url = route.request().url();
    if (spared.test(url)) return route.fallback();
    const refusal = { code: "57014", message: "canceling statement due to statement timeout" };
    return route.fulfill({ status: 500, json: /\/functions\//.test(url) ? { error: refusal } : refusal });
  });
}

function pressAll(buttons: Element[]): number {
  for (const button of buttons) (button as HTMLElement).click();
  return buttons.length;
}

const asksNothing = ["organization", "account"];
const broken = places.filter(({ name }) => !asksNothing.includes(name));

describe("what could not be read is said with its code and what to do, and read when asked for again", () => {
  test.each(broken.map((place) => [place.name, place] as const))(
    "on the page %s",
    async (_name, place: Place) => {
      const { page, goto } = visitor;
      const path = place.path(world);
      await refuse(path);
      await goto(path);
      const failure = page.getByRole("alert").first();
      await failure.getByText("The database took too long.").waitFor();
      await failure.getByText("57014").waitFor();
      await failure.getByText("try again").first().waitFor();
      await page.unroute(/\/(rest|functions)\/v1\//);
      // All that are there at once: an answer to one press may take the button of the next away.
      const again = page.getByRole("button", { name: "Try again" });
      await expect.poll(() => again.evaluateAll(pressAll)).toBe(0);
      await page.getByText(place.shows).filter({ visible: true }).first().waitFor();
    },
  );

  test("when not even the organizations can be read", async () => {
    const { page, goto } = visitor;
    await page.route("**/rest/v1/memberships?**", (route) =>
      route.fulfill({ status: 500, json: { code: "57014", message: "timeout" } }),
    );
    await goto(`/o/${world.organizationId}/library`);
    await page.getByRole("alert").getByText("The database took too long.").waitFor();
    await page.unroute("**/rest/v1/memberships?**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("order-summary").waitFor();
    await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  });
});
