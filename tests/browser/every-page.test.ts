import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Person, useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { inviteAs } from "./support/invite.ts";

const stack = useStack();
const browser = openBrowser();

type Place = [name: string, heading: string, path: (organizationId: string, templateId: string) => string];

const pages: Place[] = [
  ["library", "Library", (org) => `/o/${org}/library`],
  ["editor", "support-agent", (org, template) => `/o/${org}/templates/${template}/editor`],
  ["history", "support-agent", (org, template) => `/o/${org}/templates/${template}/history`],
  ["template-logs", "support-agent", (org, template) => `/o/${org}/templates/${template}/logs`],
  [
    "template-recommendations",
    "support-agent",
    (org, template) => `/o/${org}/templates/${template}/recommendations`,
  ],
  ["recommendations", "Recommendations", (org) => `/o/${org}/recommendations`],
  ["analytics", "Analytics", (org) => `/o/${org}/analytics`],
  ["tests", "Tests", (org) => `/o/${org}/tests`],
  ["test-set-up", "New test", (org, template) => `/o/${org}/tests/new?template=${template}`],
  ["replay", "support-agent", (org, template) => `/o/${org}/templates/${template}/replay`],
  ["template-tests", "support-agent", (org, template) => `/o/${org}/templates/${template}/tests`],
  ["logs", "Logs", (org) => `/o/${org}/logs`],
  ["audit", "Audit log", (org) => `/o/${org}/audit`],
  ["organization", "Organization", (org) => `/o/${org}/settings/organization`],
  ["members", "Members", (org) => `/o/${org}/settings/members`],
  ["keys", "API keys", (org) => `/o/${org}/settings/keys`],
  ["credits", "Credits", (org) => `/o/${org}/settings/credits`],
  ["account", "Account", (org) => `/o/${org}/settings/account`],
];

/** An owner with a template of two versions, and one person of every lesser role in the same organization. */
async function populate() {
  const owner = await stack.signUp();
  const template = await owner.client
    .rpc("create_template", { organization_id: owner.organizationId, name: "support-agent" })
    .single<{ id: string }>();
  if (template.error) throw template.error;
  for (const lang of ["English", "German"]) {
    const content = `You are a {{ role }}.\nAnswer in {{ lang | default("${lang}") }}.`;
    const saved = await owner.client.rpc("save_version", {
      template_id: template.data.id,
      messages: [{ role: "system", content }],
      config: { model: "fake-gpt" },
      note: `In ${lang}`,
    });
    if (saved.error) throw saved.error;
  }
  const people: Record<string, Person> = { owner };
  for (const role of ["viewer", "member", "admin"]) people[role] = await inviteAs(stack, owner, role);
  return { people, owner, templateId: template.data.id };
}

let world: Awaited<ReturnType<typeof populate>>;
beforeAll(async () => {
  world = await populate();
});

async function open({ page, goto }: TestPage, [, heading, path]: Place) {
  await goto(path(world.owner.organizationId, world.templateId));
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await page.getByRole("status", { name: "Loading" }).first().waitFor({ state: "detached" });
}

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  let visitor: TestPage;
  beforeAll(async () => {
    visitor = await browser.visitAs(world.owner, { theme });
  });
  afterAll(() => visitor?.context.close());

  test.each(pages)("axe finds nothing on the page %s", async (...place) => {
    await open(visitor, place);
    await visitor.screenshot(place[0]);
    await expectAccessible(visitor.page);
  });

  test("axe finds nothing on any component", async () => {
    await visitor.goto("/gallery");
    await visitor.page.getByRole("heading", { name: "Components" }).waitFor();
    await expectAccessible(visitor.page);
  });

  test.each(["/signin", "/signup", "/reset"])("axe finds nothing on %s", async (path) => {
    const stranger = await browser.visit({ theme });
    await stranger.goto(path);
    await stranger.page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(stranger.page);
    await stranger.context.close();
  });
});

test.each(["phone", "desktop"] as const)("nothing is cut off or scrolls sideways on a %s", async (size) => {
  const visitor = await browser.visitAs(world.owner, { size });
  for (const place of pages) {
    await open(visitor, place);
    await visitor.screenshot(place[0]);
    const overflow = await visitor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, place[0]).toBeLessThanOrEqual(0);
  }
});

describe("what would be refused is not offered", () => {
  const offers: [role: string, place: string, button: string, offered: boolean][] = [
    ["viewer", "library", "New template", false],
    ["member", "library", "New template", true],
    ["viewer", "template-recommendations", "Ask for recommendations", false],
    ["member", "template-recommendations", "Ask for recommendations", true],
    ["viewer", "test-set-up", "Save draft", false],
    ["member", "test-set-up", "Save draft", true],
    ["viewer", "replay", "New set", false],
    ["member", "replay", "New set", true],
    ["viewer", "history", "Activate v2", false],
    ["member", "history", "Activate v2", true],
    ["member", "keys", "New key", false],
    ["admin", "keys", "New key", true],
    ["member", "members", "Invite someone", false],
    ["admin", "members", "Invite someone", true],
    ["admin", "organization", "Delete this organization", false],
    ["owner", "organization", "Delete this organization", true],
  ];

  test.each(["viewer", "member", "admin", "owner"])("to a %s, who can open every page", async (role) => {
    const visitor = await browser.visitAs(world.people[role]!);
    for (const place of pages) {
      await open(visitor, place);
      for (const [, , button, offered] of offers.filter(
        ([who, where]) => who === role && where === place[0],
      )) {
        const found = visitor.page.getByRole("button", { name: button });
        if (offered) await found.first().waitFor();
        else expect(await found.count(), `${button} for a ${role}`).toBe(0);
      }
    }
    expect(visitor.complaints).toEqual([]);
  });
});
