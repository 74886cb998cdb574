import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callPrompts } from "../../supabase/functions/prompts/testing/prompts-client.ts";
import { type Person, useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { inviteAs } from "./support/invite.ts";

const stack = useStack();
const browser = openBrowser();

let owner: Person;
let visitor: TestPage;
beforeAll(async () => {
  owner = await stack.signUp();
  visitor = await browser.visitAs(owner);
});
afterAll(() => visitor?.context.close());

const pathOf = (page: string) => `/o/${owner.organizationId}/${page}`;

/** The one thing to do on a page that has nothing to show, and the address and the thing it leads to. */
type Step = [page: string, title: string, step: string, to: string, there: string];

async function make(name: string): Promise<string> {
  const made = await owner.client
    .rpc("create_template", { organization_id: owner.organizationId, name })
    .single<{ id: string }>()
    .throwOnError();
  return made.data.id;
}

/** What stands under the title of an empty page. */
async function emptyAt({ page, follow }: TestPage, path: string, title: string) {
  await follow(pathOf(path));
  const heading = page.getByRole("heading", { name: title, exact: true });
  await heading.waitFor();
  const actions = heading.locator("..").locator("a, button");
  return { heading, actions };
}

async function takeSteps(steps: Step[]) {
  const { page } = visitor;
  for (const [path, title, step, to, there] of steps) {
    const { heading, actions } = await emptyAt(visitor, path, title);
    await expect.poll(() => actions.allTextContents(), { message: path }).toEqual([step]);
    await visitor.screenshot(`empty-${title.toLowerCase().replaceAll(" ", "-")}`);
    await actions.click();
    if (to) await page.waitForURL((url) => url.pathname + url.search === pathOf(to));
    else await heading.waitFor({ state: "detached" });
    await page.locator("#page").getByText(there, { exact: true }).first().waitFor();
  }
}

describe("an empty page has one step, which leads to where something comes from", () => {
  test("in an organization that has nothing", async () => {
    await takeSteps([
      ["recommendations", "Nothing open", "Open the library", "library", "New template"],
      [
        "recommendations?view=decided",
        "Nothing decided yet",
        "See what is open",
        "recommendations",
        "Nothing open",
      ],
      [
        "recommendations?view=superseded",
        "Nothing is superseded",
        "See what is open",
        "recommendations",
        "Nothing open",
      ],
      [
        "recommendations?view=outcomes",
        "Nothing accepted yet",
        "See what is open",
        "recommendations",
        "Nothing open",
      ],
      ["tests", "No tests yet", "New test", "tests/new", "No template has two versions yet"],
      ["tests/new", "No template has two versions yet", "Open the library", "library", "New template"],
      ["logs", "No requests yet", "Open the library", "library", "New template"],
      ["analytics", "No requests in this time", "Open the library", "library", "New template"],
      ["analytics?days=1", "No requests in this time", "Show all requests", "analytics", "Open the library"],
      ["logs?outcome=error", "No request fits", "Show all requests", "", "No requests yet"],
      ["audit?action=template.deleted", "No entries", "Show all entries", "audit", "organization.created"],
    ]);
    await expectAccessible(visitor.page);
  });

  test("in a template without a version, and with one", async () => {
    const name = `greeter-${randomUUID().slice(0, 6)}`;
    const id = await make(name);
    const at = (page: string) => `templates/${id}/${page}`;
    const editor = at("editor");
    await takeSteps([
      [at("history"), "No versions yet", "Write the first version", editor, "Add a message"],
      [at("tests"), "No tests yet", "Write v1", editor, "Add a message"],
      [at("recommendations"), "Nothing to look over yet", "Write the first version", editor, "Add a message"],
    ]);
    const messages = [{ role: "system", content: "Greet {{ name }}." }];
    await owner.client.rpc("save_version", { template_id: id, messages }).throwOnError();
    await callPrompts(stack, "/activate", {
      token: owner.accessToken,
      body: { template_id: id, version: 1 },
    });
    await make(`${name}-without-a-version`);
    await takeSteps([
      [
        "recommendations",
        "Nothing open",
        `Have ${name} looked over`,
        at("recommendations"),
        "Ask for recommendations",
      ],
      ["logs", "No requests yet", `Go and call ${name}`, editor, "Call it"],
      ["analytics", "No requests in this time", `Go and call ${name}`, editor, "Call it"],
      [at("tests"), "No tests yet", "Write v2", editor, "Call it"],
    ]);
  });

  test("and whoever may not take it reads who can", async () => {
    const viewer = await browser.visitAs(await inviteAs(stack, owner, "viewer"));
    for (const [path, title, sentence] of [
      ["recommendations", "Nothing open", "A member can have a template looked over."],
      ["tests", "No tests yet", "A member can set one up."],
    ] as const) {
      const { heading, actions } = await emptyAt(viewer, path, title);
      await heading.locator("..").getByText(sentence).waitFor();
      expect(await actions.count()).toBe(0);
    }
    const { actions } = await emptyAt(viewer, "audit", "The audit log is not open to your role");
    await actions.filter({ hasText: "See who that is" }).click();
    await viewer.page.getByRole("table", { name: "Members" }).waitFor();
    expect(viewer.complaints).toEqual([]);
    await viewer.context.close();
  });
});
