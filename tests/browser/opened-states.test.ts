import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { type Lively, livelyOrganization } from "./support/lively.ts";
import { openPlace } from "./support/open-place.ts";
import { places } from "./support/places.ts";

const stack = useStack();
const browser = openBrowser();

let world: Lively;
beforeAll(async () => {
  world = await livelyOrganization(stack);
});
afterAll(() => world?.team.sql.end());

type State = {
  name: string;
  on: string;
  open: (page: Page) => Promise<unknown>;
  /** Something that is to be seen once it is open. */
  shows: string;
};

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const chosen = (label: string) => (page: Page) => page.getByRole("combobox", { name: label }).first().click();
const inMenu = (entry: string) => async (page: Page) => {
  await press("More about support-agent")(page);
  await page.getByRole("menuitem", { name: entry }).click();
};

/** What pages show once something was pressed: menus, pickers, dialogs, sheets, answers. */
const states: State[] = [
  { name: "new template", on: "library", open: press("New template"), shows: "Create template" },
  { name: "order", on: "library", open: chosen("Order"), shows: "Most versions first" },
  { name: "organization switcher", on: "library", open: press(/^Organization:/), shows: "New organization" },
  { name: "person's menu", on: "library", open: press(/^Your menu:/), shows: "As the system" },
  {
    name: "palette",
    on: "library",
    open: (page) => page.keyboard.press("ControlOrMeta+k"),
    shows: "Appearance",
  },
  { name: "call it", on: "editor", open: press("Call it"), shows: "Any OpenAI client works" },
  {
    name: "template menu",
    on: "editor",
    open: press("More about support-agent"),
    shows: "Requests get an error until a version is activated",
  },
  { name: "description", on: "editor", open: inMenu("Description and tags"), shows: "Words to filter" },
  { name: "deactivate", on: "editor", open: inMenu("Deactivate"), shows: "template_not_active" },
  { name: "delete", on: "editor", open: inMenu("Delete"), shows: "to go on" },
  { name: "keyboard", on: "editor", open: press("Keyboard shortcuts"), shows: "Go anywhere, do anything" },
  {
    name: "model settings",
    on: "editor",
    open: press("Change"),
    shows: "0 answers nearly the same each time",
  },
  {
    name: "contract of a variable",
    on: "editor",
    open: press("Contract of role"),
    shows: "Description",
  },
  {
    name: "answer",
    on: "editor",
    open: async (page) => {
      await press("Try it")(page);
      await page.getByLabel("Example value of role").fill("concierge");
      await page.getByRole("button", { name: "Run" }).click();
    },
    shows: "tok out",
  },
  { name: "activation", on: "history", open: press("Activate v2"), shows: "and no longer v1" },
  { name: "label", on: "history", open: press("Label v2"), shows: "Lower-case letters" },
  { name: "ask", on: "template-recommendations", open: press("Ask for recommendations"), shows: "Ask" },
  {
    name: "recommendation",
    on: "recommendations",
    open: (page) =>
      page
        .getByRole("region", { name: /support-agent/ })
        .getByRole("link")
        .first()
        .click(),
    shows: "Why",
  },
  { name: "dismissal", on: "template-recommendations", open: press("Dismiss"), shows: "Cancel" },
  {
    name: "finished replay",
    on: "replay",
    open: async (page) => {
      await page.getByRole("button", { name: /^Run v1 and v2 on/ }).click();
      await page.getByText(/^done/).waitFor();
    },
    shows: "done",
  },
  {
    name: "logged request",
    on: "logs",
    open: (page) =>
      page.getByRole("table", { name: "Requests" }).getByRole("row").nth(1).getByRole("button").click(),
    shows: "Render hash",
  },
  { name: "audit entry", on: "audit", open: press("template.created"), shows: "Keep as evidence" },
  { name: "stop", on: "test", open: press("Stop"), shows: "Cancel" },
  { name: "new key", on: "keys", open: press("New key"), shows: "Default template" },
  { name: "revocation", on: "keys", open: press(/^Revoke/), shows: "It cannot be undone" },
  { name: "provider", on: "providers", open: press("Connect a provider"), shows: "Base URL" },
  { name: "price", on: "providers", open: press("Set a price"), shows: "Cancel" },
  { name: "invitation", on: "members", open: press("Invite someone"), shows: "Make the invitation" },
  { name: "removal", on: "members", open: press(/^Remove /), shows: "Their access ends at once" },
  { name: "deletion", on: "organization", open: press("Delete this organization"), shows: "for good" },
];

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  let visitor: TestPage;
  beforeAll(async () => {
    visitor = await browser.visitAs(world.people.owner, { theme });
  });
  afterAll(() => visitor?.context.close());

  test.each(states.map((state) => [state.name, state] as const))(
    "axe finds nothing about %s, on a laptop and on a phone",
    async (name, { on, open, shows }) => {
      const { page } = visitor;
      await visitor.resize("laptop");
      // Away and back: what the state before has opened is closed.
      await visitor.follow(`/o/${world.organizationId}/settings/account`);
      await page.getByRole("heading", { level: 1, name: "Account" }).waitFor();
      await openPlace(visitor, places.find((place) => place.name === on)!, world);
      await open(page);
      const seen = page.getByText(shows).filter({ visible: true }).first();
      await seen.waitFor();
      await expectAccessible(page);
      await visitor.resize("phone");
      // What floats finds its new place a moment after the window has changed.
      await expect.poll(() => overflow(page), { message: `${name} on a phone` }).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      await visitor.screenshot(`opened-${name.replaceAll(/\W+/g, "-")}`);
      await page.keyboard.press("Escape");
    },
  );

  test("axe finds nothing about what stands beside the text on a phone", async () => {
    const { page } = visitor;
    await visitor.resize("phone");
    await openPlace(visitor, places.find(({ name }) => name === "editor")!, world);
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByRole("dialog", { name: "Variables and preview" }).getByText("Can be cached").waitFor();
    await expectAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Change" }).click();
    await page.getByRole("dialog", { name: "Model settings" }).waitFor();
    await expectAccessible(page);
  });

  test("axe finds nothing on an invitation, a refused one, and where a new password is chosen", async () => {
    const { page } = visitor;
    for (const size of ["laptop", "phone"] as const) {
      await visitor.resize(size);
      await visitor.follow("/invitations/not-one");
      await page.getByRole("heading", { name: "You are invited" }).waitFor();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Accept the invitation" }).click();
      await page.getByText("NM031").waitFor();
      await expectAccessible(page);
      await visitor.follow("/reset/new");
      await page.getByRole("heading", { name: "Choose a new password" }).waitFor();
      await expectAccessible(page);
    }
  });
});
