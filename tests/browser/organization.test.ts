import { afterEach, beforeEach, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { ageAuditLog } from "../support/age-audit-log.ts";
import { useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { said } from "./support/said.ts";

const stack = useStack();
const browser = openBrowser();

let team: Team;
let visitor: TestPage;
beforeEach(async () => {
  team = await makeTeam(stack, "Be brief.");
  visitor = await browser.visitAs(team.person);
});
afterEach(async () => {
  await visitor.context.close();
  await team.sql.end();
});

const inOwn = (page: string) => `/o/${team.person.organizationId}/${page}`;
const ask = async (content: string) =>
  (
    await team.post("/chat/completions", {
      model: `nemo/${team.name}`,
      messages: [{ role: "user", content }],
    })
  ).status;

test("an invitation is made, opened too late, made again, used once, and is no use to anybody else", async () => {
  const { page, goto } = visitor;
  const guest = await stack.signUp();
  await goto(inOwn("settings/members"));
  const invite = async () => {
    await page.getByRole("button", { name: "Invite someone" }).click();
    await page.getByRole("dialog").getByLabel("E-mail").fill(guest.email);
    await page.keyboard.press("Enter");
    const link = await page.getByRole("dialog").getByLabel("Link").inputValue();
    await page.getByRole("button", { name: "Close", exact: true }).last().click();
    return new URL(link).pathname;
  };
  const late = await invite();
  await team.sql`
    update nemo.invitations set created_at = now() - interval '8 days', expires_at = now() - interval '1 minute' where email = ${guest.email}`;
  const theirs = await browser.visitAs(guest);
  await theirs.goto(late);
  const accept = theirs.page.getByRole("button", { name: "Accept the invitation" });
  await accept.click();
  await theirs.page.getByText("It may have been used, withdrawn or expired. Ask for a new one.").waitFor();
  await page.reload();
  await page.getByRole("table", { name: "Invitations" }).getByText("ran out").waitFor();

  await theirs.goto(await invite());
  await accept.click();
  await theirs.page.getByRole("heading", { name: "Library" }).waitFor();
  await theirs.page.getByText(team.name).waitFor();
  await page.getByRole("table", { name: "Members" }).getByText(guest.email).waitFor();
  const used = theirs.page.url();
  await theirs.page.goBack();
  await accept.click();
  await theirs.page.getByText("NM031").waitFor();
  await theirs.page.getByRole("link", { name: "Go to your own library" }).click();
  await theirs.page.waitForURL(used);

  // Somebody else with the link of another person is told so, and may change who they are.
  const forGuest = await team.person.client
    .rpc("invite_member", {
      organization_id: team.person.organizationId,
      email: "x@tests.nemo.test",
      role: "viewer",
    })
    .single<{ token: string }>();
  await theirs.goto(`/invitations/${forGuest.data?.token}`);
  await accept.click();
  await theirs.page.getByText("This invitation is for another e-mail address.").waitFor();
  await theirs.page.getByRole("button", { name: "Use another account" }).click();
  await theirs.page.getByRole("heading", { name: "Sign in" }).waitFor();
  await theirs.context.close();
  const { data: members } = await team.person.client
    .from("memberships")
    .select("user_id")
    .eq("organization_id", team.person.organizationId)
    .throwOnError();
  expect(members?.filter(({ user_id }) => user_id === guest.userId)).toHaveLength(1);
});

test("old audit entries are removed by their one way, which says how many went and leaves the chain whole", async () => {
  const { page, goto } = visitor;
  await ageAuditLog(team.sql, team.person.organizationId);
  const [{ count }] = await team.sql<[{ count: number }]>`
    select count(*)::int from nemo.audit_log where organization_id = ${team.person.organizationId}`;
  await goto(inOwn("settings/organization"));
  await page.getByLabel("Days the audit log is kept").fill("90");
  await page.getByRole("button", { name: "Save how long" }).click();
  await page.getByRole("button", { name: "Remove older entries…" }).click();
  await said(page, `${count} audit entries removed`, () =>
    page.getByRole("dialog").getByRole("button", { name: "Remove older entries" }).click(),
  );
  await page.getByRole("link", { name: "Audit" }).click();
  await page.getByText(/^Chain verified, \d entries$/).waitFor();
  await page.getByRole("button", { name: "audit.pruned" }).click();
  await page.getByRole("dialog").getByText(`"removed": ${count}`).waitFor();
  const old = await team.sql`
    select from nemo.audit_log
    where organization_id = ${team.person.organizationId} and occurred_at < now() - interval '90 days'`;
  expect(old).toHaveLength(0);
});

test("a template is deactivated, its callers are told, and it is activated again", async () => {
  const { page, goto } = visitor;
  await goto(inOwn(`templates/${team.templateId}/history`));
  await page.getByText("v1 · active").first().waitFor();
  expect(await ask("Hello")).toBe(200);
  await page.getByRole("button", { name: `More about ${team.name}` }).click();
  await page.getByRole("menuitem", { name: "Deactivate" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Deactivate ${team.name}` })
    .click();
  await page.getByText("v1 · draft").first().waitFor();
  expect(await ask("Hello")).toBe(409);
  // What is not active cannot be deactivated again.
  await page.getByRole("button", { name: `More about ${team.name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).waitFor();
  expect(await page.getByRole("menuitem", { name: "Deactivate" }).count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Activate v1" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Activate v1" }).click();
  await page.getByText("v1 · active").first().waitFor();
  expect(await ask("Hello")).toBe(200);
});

test("keeping less offers to remove the text that was kept, and the receipt counts it", async () => {
  const { page, goto } = visitor;
  const { organizationId, client } = team.person;
  await client.rpc("set_data_policy", { organization_id: organizationId, policy: "full" }).throwOnError();
  const answer = await team.post("/chat/completions", {
    model: `nemo/${team.name}`,
    messages: [{ role: "user", content: "My card is 4711" }],
  });
  await team.logged(answer.headers.get("x-nemo-request-id") ?? "");
  await goto(inOwn("settings/organization"));
  await page.getByRole("combobox", { name: "Keep of each request" }).getByText("Facts and text").waitFor();
  expect(await page.getByRole("button", { name: "Remove all text…" }).count()).toBe(0);
  await page.getByRole("combobox", { name: "Keep of each request" }).click();
  await page.getByRole("option", { name: "Facts Times" }).click();
  await page.getByText("From the moment this is saved less is kept").waitFor();
  await page.getByRole("button", { name: "Save what is kept" }).click();
  await page.getByRole("button", { name: "Remove all text…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove all text" }).click();
  await page.getByText("1 request and 0 entries of feedback have no text any more.").waitFor();
  const [{ kept }] = await team.sql<[{ kept: number }]>`
    select count(*)::int as kept from nemo.prompt_logs
    where organization_id = ${organizationId} and rendered_messages is not null`;
  expect(kept).toBe(0);
  await page.getByRole("link", { name: /^entry \d+ of the audit log$/ }).click();
  await page.getByRole("button", { name: "organization.data_purged" }).waitFor();
});

test("an organization goes only after its name was written, and its keys with it", async () => {
  const { page, goto } = visitor;
  const { data } = await team.person.client.from("organizations").select("name").single();
  await goto(inOwn("settings/organization"));
  await page.getByRole("button", { name: "Delete this organization" }).click();
  const dialog = page.getByRole("dialog");
  const really = dialog.getByRole("button", { name: `Delete ${data?.name}` });
  expect(await really.isDisabled()).toBe(true);
  await dialog.getByRole("textbox").fill(`${data?.name} `);
  expect(await really.isDisabled()).toBe(true);
  await page.keyboard.press("Enter");
  await dialog.getByRole("textbox").fill(data?.name);
  await really.click();
  // Who has no organization left makes the next one.
  await page.getByRole("heading", { name: "Make an organization" }).waitFor();
  expect(await ask("Hello")).toBe(401);
});
