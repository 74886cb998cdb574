import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { openBrowser } from "./support/browser.ts";
import { type Lively, livelyOrganization } from "./support/lively.ts";
import { openPlace } from "./support/open-place.ts";
import { places } from "./support/places.ts";

const stack = useStack();
const browser = openBrowser();

let world: Lively;
beforeAll(async () => {
  world = await livelyOrganization(stack);
  const { client, organizationId } = world.people.owner;
  const made = await client
    .rpc("create_template", { organization_id: organizationId, name: "of-last-year" })
    .single<{ id: string }>();
  await client.rpc("delete_template", { template_id: made.data?.id }).throwOnError();
});
afterAll(() => world?.team.sql.end());

const roles = ["viewer", "member", "admin", "owner"] as const;
type Role = (typeof roles)[number];
const allowed = (role: Role, least: Role) => roles.indexOf(role) >= roles.indexOf(least);

/** What each page offers (buttons, links and fields alike), and the least role it is offered to. */
const offers: Record<string, Partial<Record<Role, string[]>>> = {
  library: { member: ["New template"], admin: ["Deleted"] },
  editor: {
    viewer: ["Call it", "Keyboard shortcuts"],
    member: ["Try it", "Activate v2", "Add a message", "More about support-agent"],
  },
  history: { viewer: ["Open in the editor"], member: ["Activate v2", "Label v2"] },
  "template-tests": { member: ["New test"] },
  replay: { member: ["New set"] },
  "template-recommendations": { member: ["Ask for recommendations", "Dismiss"] },
  "template-logs": { viewer: ["Hold"] },
  tests: { member: ["New test"] },
  test: { member: ["Change weights", "Stop", "Pause", "Promote"] },
  "test-set-up": { member: ["Save draft"] },
  "test-edit": { member: ["Save draft"] },
  audit: { admin: ["Export"] },
  organization: {
    viewer: ["Leave this organization"],
    admin: ["Save the name", "Save what is kept", "Save how long"],
    owner: ["Delete this organization"],
  },
  members: { admin: ["Invite someone", "Withdraw the invitation of colleague@tests.nemo.test"] },
  keys: { admin: ["New key", "Revoke web shop, production"] },
  providers: {
    admin: ["Connect a provider", "Test acme", "Change acme", "Disable acme", "Remove acme", "Set a price"],
  },
  account: { viewer: ["Save the new password", "Sign out every other browser", "Sign out everywhere…"] },
};

/** Pages that are themselves closed to a role say who can instead. */
const closedBelow: Record<string, Role> = {
  audit: "admin",
  "test-edit": "member",
  "test-set-up": "member",
  replay: "member",
};

/** Where an action is missing, a sentence says who has it. */
const explained: Record<string, Role> = {
  library: "member",
  editor: "member",
  history: "member",
  organization: "admin",
  members: "admin",
  keys: "admin",
  providers: "admin",
};

describe("what would be refused is not offered", () => {
  test.each(roles)(
    "to a %s, who can open every page, and reads who can where an action is missing",
    async (role) => {
      const visitor = await browser.visitAs(world.people[role]);
      const { page } = visitor;
      for (const place of places) {
        const needs = closedBelow[place.name];
        if (needs && !allowed(role, needs)) {
          await visitor.follow(place.path(world));
          await page.getByText("is not open to your role").waitFor();
        } else await openPlace(visitor, place, world);
        for (const [least, names] of Object.entries(offers[place.name] ?? {})) {
          for (const name of names) {
            const found = page
              .locator("#page")
              .getByRole("button", { name, exact: true })
              .or(page.locator("#page").getByRole("link", { name, exact: true }));
            if (allowed(role, least as Role)) await found.first().waitFor();
            else expect(await found.count(), `${name} on ${place.name} for a ${role}`).toBe(0);
          }
        }
        const who = explained[place.name];
        if (who)
          await expect
            .poll(() => page.getByText(`you are a ${role}`).count(), { message: `who can, on ${place.name}` })
            .toBe(allowed(role, who) ? 0 : 1);
      }
      expect(visitor.complaints).toEqual([]);
      await visitor.context.close();
    },
  );

  test.each(roles)("to a %s, in menus, in a logged request and by the keyboard", async (role) => {
    const visitor = await browser.visitAs(world.people[role]);
    const { page } = visitor;
    const at = (name: string) => openPlace(visitor, places.find((place) => place.name === name)!, world);
    await at("editor");
    if (allowed(role, "member")) {
      await page.getByRole("button", { name: "More about support-agent" }).click();
      await page.getByRole("menuitem", { name: "Description and tags" }).waitFor();
      await page.getByRole("menuitem", { name: "Deactivate" }).waitFor();
      expect(await page.getByRole("menuitem", { name: "Delete" }).count()).toBe(
        allowed(role, "admin") ? 1 : 0,
      );
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("ControlOrMeta+Enter");
    await page.keyboard.press("Alt+n");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("dialog", { name: "Go anywhere" }).waitFor();
    const writes = allowed(role, "member") ? 1 : 0;
    await page.getByRole("option", { name: "Library" }).waitFor();
    const offered = (name: string) => expect.poll(() => page.getByRole("option", { name }).count());
    await offered("Save a version").toBe(writes);
    await offered("Audit log").toBe(allowed(role, "admin") ? 1 : 0);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Go anywhere" }).waitFor({ state: "detached" });
    await expect.poll(() => page.getByRole("region", { name: "Playground" }).count()).toBe(writes);
    await expect.poll(() => page.getByRole("textbox", { name: /^Text of message/ }).count()).toBe(1 + writes);

    await at("logs");
    await page.getByRole("table", { name: "Requests" }).getByRole("row").nth(1).getByRole("button").click();
    const request = page.getByRole("dialog", { name: "Request" });
    await request.getByText("Render hash").waitFor();
    await expect
      .poll(() => request.getByRole("link", { name: "Replay in the playground" }).count())
      .toBe(writes);
    if (allowed(role, "admin")) await request.getByRole("heading", { name: "Answer" }).waitFor();
    else await request.getByText("Text of requests, where it is kept, is open to admins.").waitFor();
    await visitor.context.close();
  });
});
