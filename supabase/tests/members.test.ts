import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  createTemplate,
  createTenant,
  join,
  refusalCode,
  saveText,
  someone,
  type Tenant,
} from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
let organizationId: string;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  tenant = await createTenant(db);
  organizationId = tenant.organizationId;
});

const setRole = (as: string, who: string, role: string) =>
  db.asUser(as, (tx) => tx`select set_member_role(${organizationId}, ${who}, ${role})`);
const remove = (as: string, who: string) =>
  db.asUser(as, (tx) => tx`select remove_member(${organizationId}, ${who})`);
const leave = (who: string) => db.asUser(who, (tx) => tx`select leave_organization(${organizationId})`);
const lastAction = async () => {
  const [row] = await db.sql`
    select action, target_id, before, after from nemo.audit_log
    where organization_id = ${organizationId} order by sequence desc limit 1`;
  return row;
};

it("signing up makes an organization named after the e-mail's local part, with the person as owner", async () => {
  const userId = await db.createUser("dana.smith+work@demo.nemo.test");
  const rows = await db.asUser(
    userId,
    (tx) => tx`select o.name, m.role from organizations o join memberships m on m.organization_id = o.id`,
  );
  expect([...rows]).toEqual([{ name: "dana.smith+work", role: "owner" }]);
});

it("an e-mail address with characters no name may have does not stop anybody from signing up", async () => {
  for (const email of [`${"long".repeat(40)}@x.test`, "\u0007bell@x.test", "@x.test"]) {
    const userId = await db.createUser(email);
    const rows = await db.asUser(userId, (tx) => tx`select name from organizations`);
    expect(rows).toHaveLength(1);
  }
});

it("an admin gives and takes every role but owner", async () => {
  for (const role of ["viewer", "member", "admin"])
    await setRole(tenant.people.admin, tenant.people.member, role);
  expect(await refusalCode(setRole(tenant.people.admin, tenant.people.member, "owner"))).toBe("NM002");
  expect(await refusalCode(setRole(tenant.people.admin, tenant.people.owner, "member"))).toBe("NM002");
  expect(await refusalCode(remove(tenant.people.admin, tenant.people.owner))).toBe("NM002");
  expect(await refusalCode(setRole(tenant.people.admin, tenant.people.admin, "owner"))).toBe("NM002");
});

it("an owner makes owners, and each change of role is audited with both roles", async () => {
  await setRole(tenant.people.owner, tenant.people.admin, "owner");
  expect(await lastAction()).toEqual({
    action: "member.role_changed",
    target_id: tenant.people.admin,
    before: { role: "admin" },
    after: { role: "owner" },
  });
});

it("the last owner can neither leave, be demoted nor be removed", async () => {
  const { owner } = tenant.people;
  expect(await refusalCode(leave(owner))).toBe("NM030");
  expect(await refusalCode(setRole(owner, owner, "admin"))).toBe("NM030");
  expect(await refusalCode(remove(owner, owner))).toBe("NM030");
  expect(await refusalCode(db.sql`delete from auth.users where id = ${owner}`)).toBe("NM030");
});

it("two owners who demote each other at once leave one owner", async () => {
  const { owner, admin } = tenant.people;
  for (let round = 0; round < 5; round++) {
    await db.sql`update nemo.memberships set role = 'owner' where organization_id = ${organizationId} and user_id in (${owner}, ${admin})`;
    await Promise.allSettled([setRole(owner, admin, "member"), setRole(admin, owner, "member")]);
    const [count] = await db.sql`
      select count(*)::int as n from nemo.memberships where organization_id = ${organizationId} and role = 'owner'`;
    expect(count!.n).toBe(1);
  }
});

it("a removed member loses access with the next statement, in a transaction already open too", async () => {
  await createTemplate(db, tenant);
  const { viewer } = tenant.people;
  await db.asUser(viewer, async (tx) => {
    expect(await tx`select id from prompt_templates where organization_id = ${organizationId}`).toHaveLength(
      1,
    );
    await remove(tenant.people.admin, viewer);
    expect(await tx`select id from prompt_templates where organization_id = ${organizationId}`).toHaveLength(
      0,
    );
    expect(
      await tx`select organization_id from memberships where organization_id = ${organizationId}`,
    ).toHaveLength(0);
  });
  expect(await lastAction()).toMatchObject({ action: "member.removed", before: { role: "viewer" } });
});

it("whoever leaves is audited, and no longer hears the organization's topic", async () => {
  const { member } = tenant.people;
  const hears = () =>
    db.asUser(member, async (tx) => {
      await tx`select set_config('realtime.topic', ${`org:${organizationId}`}, true)`;
      return (
        (await tx`select event from realtime.messages where topic = ${`org:${organizationId}`}`).length > 0
      );
    });
  await createTemplate(db, tenant);
  expect(await hears()).toBe(true);
  await leave(member);
  expect(await hears()).toBe(false);
  expect((await lastAction())!.action).toBe("member.left");
});

it.each([
  ["is deleted", "delete from auth.users where id = $1"],
  [
    "is emptied and marked as deleted",
    "update auth.users set email = 'obfuscated', deleted_at = now() where id = $1",
  ],
])(
  "with an account that %s its memberships end, audited and told; the last owner's is refused",
  async (_how, statement) => {
    const { member, owner } = tenant.people;
    // As Auth does it.
    const end = (who: string) => db.asRole("supabase_auth_admin", null, (tx) => tx.unsafe(statement, [who]));
    await db.sql`select nemo.delete_organization(o.id) from nemo.organizations o
               where o.created_by = ${member} and o.id <> ${organizationId}`;
    expect(await refusalCode(end(owner))).toBe("NM030");
    const [account] = await db.sql`select email from auth.users where id = ${member}`;
    const templateId = await createTemplate(db, tenant);
    await saveText(db, member, templateId, "what stays");
    await end(member);
    expect(await lastAction()).toEqual({
      action: "member.account_deleted",
      target_id: member,
      before: { role: "member", email: account!.email },
      after: null,
    });
    const told = await db.sql`
    select event from realtime.messages where topic = ${`org:${organizationId}`} and payload ->> 'user_id' = ${member}`;
    expect(told.map((row) => row.event)).toContain("member.removed");
    const [author] = await db.asUser(
      tenant.people.viewer,
      (tx) => tx`select email, role from organization_people(${organizationId}) where user_id = ${member}`,
    );
    expect(author).toEqual({ email: null, role: null });
    expect(await db.asUser(member, (tx) => tx`select id from organizations`)).toHaveLength(0);
  },
);

it("everyone in the organization sees who is in it, and authors who have left by name", async () => {
  const templateId = await createTemplate(db, tenant);
  await db.asUser(
    tenant.people.member,
    (tx) => tx`select save_version(${templateId}, '[{"role": "user", "content": "x"}]')`,
  );
  await leave(tenant.people.member);
  const people = await db.asUser(
    tenant.people.viewer,
    (tx) => tx`select user_id, role from organization_people(${organizationId})`,
  );
  expect(Object.fromEntries(people.map((row) => [row.user_id, row.role]))).toEqual({
    [tenant.people.owner]: "owner",
    [tenant.people.admin]: "admin",
    [tenant.people.viewer]: "viewer",
    [tenant.people.member]: null,
  });
});

it("deleting the organization removes every row of every table, says how many, and tells open dashboards", async () => {
  await createTemplate(db, tenant);
  const stranger = await someone(db);
  const bystander = await createTenant(db);
  expect(
    await refusalCode(db.asUser(stranger, (tx) => tx`select delete_organization(${organizationId})`)),
  ).toBe("NM003");
  const tables = await db.sql`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
    where c.relnamespace in ('nemo'::regnamespace, 'nemo_private'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition`;
  const total = async () => {
    let sum = 0;
    for (const { name } of tables) {
      const [schema] =
        await db.sql`select relnamespace::regnamespace::text as name from pg_class where relname = ${name}`;
      const [row] = await db.sql.unsafe(
        `select count(*)::int as n from ${schema!.name}.${name} where organization_id = '${organizationId}'`,
      );
      sum += row!.n;
    }
    return sum;
  };
  expect(await total()).toBeGreaterThan(5);
  const [deleted] = await db.asUser(
    tenant.people.owner,
    (tx) => tx`select delete_organization(${organizationId}) as counts`,
  );
  expect(deleted!.counts).toMatchObject({
    organizations: 1,
    memberships: 4,
    prompt_templates: 1,
    audit_log: 2,
  });
  expect(await total()).toBe(0);
  const [left] =
    await db.sql`select count(*)::int as n from nemo.memberships where organization_id = ${bystander.organizationId}`;
  expect(left!.n).toBe(4);
  const [event] =
    await db.sql`select event from realtime.messages where topic = ${`org:${organizationId}`} order by inserted_at desc, event limit 1`;
  expect(event!.event).toBe("organization.deleted");
});

it("one person may make a hundred organizations and no more", async () => {
  const userId = await someone(db);
  await db.sql`insert into nemo.organizations (name, created_by) select 'Filler', ${userId} from generate_series(1, 99)`;
  expect(await refusalCode(db.asUser(userId, (tx) => tx`select create_organization('One too many')`))).toBe(
    "NM016",
  );
});

it("somebody who joined can be in several organizations at once", async () => {
  const other = await createTenant(db);
  await join(db, other.organizationId, tenant.people.viewer, "admin");
  const rows = await db.asUser(tenant.people.viewer, (tx) => tx`select id from organizations`);
  expect(rows).toHaveLength(3);
});
