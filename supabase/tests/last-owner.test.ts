import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createTenant } from "./support/tenants.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** Every way in which an organization may lose one of its two owners: to the owner itself, or to the other. */
const WAYS: Record<string, (organization: string, me: string, other: string) => PromiseLike<unknown>> = {
  "one leaves": (organization, me) => db.asUser(me, (tx) => tx`select leave_organization(${organization})`),
  "one steps down": (organization, me) =>
    db.asUser(me, (tx) => tx`select set_member_role(${organization}, ${me}, 'viewer')`),
  "one demotes the other": (organization, me, other) =>
    db.asUser(me, (tx) => tx`select set_member_role(${organization}, ${other}, 'viewer')`),
  "one removes the other": (organization, me, other) =>
    db.asUser(me, (tx) => tx`select remove_member(${organization}, ${other})`),
  "one's account is deleted": (_, me) =>
    db.asRole("supabase_auth_admin", null, (tx) => tx`delete from auth.users where id = ${me}`),
  "one's account is emptied": (_, me) =>
    db.asRole(
      "supabase_auth_admin",
      null,
      (tx) => tx`update auth.users set deleted_at = now() where id = ${me}`,
    ),
};
const pairs = Object.keys(WAYS).flatMap((one, place) =>
  Object.keys(WAYS)
    .slice(place)
    .map((other) => [one, other] as const),
);

it.each(pairs)("two owners of whom %s and %s at the same moment leave an owner behind", async (one, two) => {
  const { organizationId, people } = await createTenant(db);
  const { owner, admin } = people;
  await db.sql`update nemo.memberships set role = 'owner' where organization_id = ${organizationId} and user_id = ${admin}`;
  // Those of their own, whose last owners they are, would keep their accounts.
  await db.sql`
    select nemo.delete_organization(id) from nemo.organizations
    where created_by in (${owner}, ${admin}) and id <> ${organizationId}`;
  const outcomes = await Promise.allSettled([
    WAYS[one]!(organizationId, owner, admin),
    WAYS[two]!(organizationId, admin, owner),
  ]);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason.code).toMatch(/^NM0(02|03|30)$/);
  const owners =
    await db.sql`select user_id from nemo.memberships where organization_id = ${organizationId} and role = 'owner'`;
  expect(owners.length).toBeGreaterThan(0);
  const [chain] = await db.sql`select * from nemo.verify_audit_chain(${organizationId})`;
  expect(chain).toMatchObject({ ok: true });
});
