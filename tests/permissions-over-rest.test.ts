/**
 * The table of permissions once more, as clients meet it: through REST, with supabase-js and real sessions. What
 * is allowed is stated in supabase/tests/support/allowed.ts.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { CALLERS, READERS } from "../supabase/tests/support/allowed.ts";
import { argumentsAbout } from "../supabase/tests/support/arguments.ts";
import type { FullTenant } from "../supabase/tests/support/full-tenant.ts";
import { ROLES } from "../supabase/tests/support/tenants.ts";
import { type Client, useStack } from "./support/stack.ts";
import { type TenantsOverRest, tenantsOverRest } from "./support/tenants-over-rest.ts";

const stack = useStack();
let tenants: TenantsOverRest;
let ours: FullTenant;
let theirs: FullTenant;
let knockers: [name: string, client: Client][];

beforeAll(async () => {
  tenants = tenantsOverRest(stack);
  ours = await tenants.createTenant();
  theirs = await tenants.createTenant();
  knockers = [
    ["anon", stack.anonymous()],
    ...ROLES.map((role): [string, Client] => [role, tenants.clientOf(ours.people[role])]),
    ["stranger", tenants.clientOf(theirs.people.owner)],
    ["server", stack.serviceRole()],
  ];
});
afterAll(() => tenants.end());

const keyOf = (table: string) => (table === "organizations" ? "id" : "organization_id");
const ranks = ROLES as readonly string[];

it("every table shows everyone exactly the rows the table of permissions says", async () => {
  const seen: Record<string, string> = {};
  const allowed: Record<string, string> = {};
  for (const [table, reader] of Object.entries(READERS)) {
    for (const [name, client] of knockers) {
      for (const [whose, tenant] of [
        ["ours", ours],
        ["theirs", theirs],
      ] as const) {
        const { data, error } = await client
          .from(table)
          .select(keyOf(table))
          .eq(keyOf(table), tenant.organizationId)
          .limit(1);
        const key = `${table}: ${name}, row of ${whose}`;
        seen[key] = error ? error.code : `${data.length} rows`;
        const own = whose === (name === "stranger" ? "theirs" : "ours");
        const rank = name === "stranger" ? "owner" : name;
        const sees = name === "server" || (own && ranks.indexOf(rank) >= ranks.indexOf(reader));
        allowed[key] = name === "anon" ? "42501" : sees ? "1 rows" : "0 rows";
      }
    }
  }
  expect(seen).toEqual(allowed);
});

it("nobody inserts, changes or deletes a row of any table through REST", async () => {
  const surprising: string[] = [];
  const tryAll = async (table: string, name: string, client: Client) => {
    const key = keyOf(table);
    for (const { organizationId } of [ours, theirs]) {
      // The client types rows by a schema these tests do not give it.
      const row = { [key]: organizationId } as never;
      const answers = await Promise.all([
        client.from(table).insert(row),
        client.from(table).update(row).eq(key, organizationId),
        client.from(table).delete().eq(key, organizationId),
        client.from(table).upsert(row),
      ]);
      for (const { error } of answers)
        if (error?.code !== "42501") surprising.push(`${name} ${table}: ${error?.code}`);
    }
  };
  for (const table of Object.keys(READERS))
    await Promise.all(knockers.map(([name, client]) => tryAll(table, name, client)));
  expect(surprising).toEqual([]);
});

it("no function gives a stranger or an anonymous caller anything of another organization", async () => {
  const signatures = await tenants.database.sql`
    select proname as name, (proargnames)[1 : pronargs - pronargdefaults] as required
    from pg_proc where pronamespace = 'nemo'::regnamespace`;
  const values = argumentsAbout(ours);
  const outcomes: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const { name, required } of signatures) {
    // These act for the person who calls, not on somebody's thing.
    if (["create_organization", "accept_invitation"].includes(name)) continue;
    const missing = (required as string[]).filter((argument) => !(argument in values));
    expect({ name, missing }).toEqual({ name, missing: [] });
    const parameters = Object.fromEntries(
      (required as string[]).map((argument) => [argument, values[argument]]),
    );
    const server = CALLERS[name as string] === "server";
    for (const [who, client] of knockers.filter(
      ([knocker]) => knocker === "anon" || knocker === "stranger",
    )) {
      const { error } = await client.rpc(name, parameters);
      outcomes[`${name}: ${who}`] = error?.code ?? "allowed";
      expected[`${name}: ${who}`] = who === "anon" || server ? "42501" : "NM003";
    }
  }
  expect(outcomes).toEqual(expected);
});

it("a refusal reaches the client with its code, sentence, hint and details", async () => {
  const { error } = await tenants.clientOf(ours.people.member).rpc("save_version", {
    template_id: ours.templateId,
    messages: [{ role: "system", content: "Mine" }],
    expected_version: 1,
  });
  expect(error).toMatchObject({
    code: "NM020",
    hint: "Look at what changed, then save again from the newest version.",
  });
  expect(error!.message).toMatch(/^Version 2 was saved by .* you began from version 1\.$/);
  expect(JSON.parse(error!.details)).toMatchObject({ latest_version: 2 });
});

it("an embedded relation brings in one's own rows and never another organization's", async () => {
  const client = tenants.clientOf(ours.people.viewer);
  const { data, error } = await client
    .from("organizations")
    .select("id, prompt_templates(id), api_keys(id), memberships(user_id)");
  expect(error).toBeNull();
  const answer = JSON.stringify(data);
  for (const own of [ours.templateId, ours.apiKeyId, ours.people.admin]) expect(answer).toContain(own);
  for (const foreign of [theirs.templateId, theirs.apiKeyId, theirs.people.admin])
    expect(answer).not.toContain(foreign);
});

it("a template's versions are embedded by the table's name alone, and a version's template likewise", async () => {
  const client = tenants.clientOf(ours.people.viewer);
  const { data: templates } = await client
    .from("organizations")
    .select("prompt_templates(id, prompt_versions(version))")
    .throwOnError();
  const [template] = templates.flatMap(({ prompt_templates }) => prompt_templates);
  expect(template).toMatchObject({ id: ours.templateId, prompt_versions: [{ version: 1 }, { version: 2 }] });
  const { data: versions } = await client
    .from("prompt_versions")
    .select("version, prompt_templates(id)")
    .eq("version", 1)
    .throwOnError();
  expect(versions).toEqual([{ version: 1, prompt_templates: { id: ours.templateId } }]);
});

it("removing a member takes effect on the open session's next request", async () => {
  const client = tenants.clientOf(theirs.people.viewer);
  const count = async () =>
    (await client.from("prompt_templates").select("id").eq("organization_id", theirs.organizationId)).data!
      .length;
  expect(await count()).toBe(1);
  const { error } = await tenants
    .clientOf(theirs.people.admin)
    .rpc("remove_member", { organization_id: theirs.organizationId, user_id: theirs.people.viewer });
  expect(error).toBeNull();
  expect(await count()).toBe(0);
});
