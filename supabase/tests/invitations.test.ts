import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createTenant, refusalCode, someone, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
let organizationId: string;
let email: string;
let invited: string;
let counter = 0;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  tenant = await createTenant(db);
  organizationId = tenant.organizationId;
  email = `invited-${counter++}@tenant.test`;
  invited = await db.createUser(email);
});

const invite = (as: string, address: string, role = "member") =>
  db.asUser(as, async (tx) => {
    const [row] = await tx`select * from invite_member(${organizationId}, ${address}, ${role})`;
    return row as { id: string; token: string; expires_at: Date };
  });
const accept = (as: string, token: string) =>
  db.asUser(as, (tx) => tx`select * from accept_invitation(${token})`);

it("an invitation makes the person a member with the role it names, once", async () => {
  const { token } = await invite(tenant.people.admin, email.toUpperCase(), "viewer");
  const [membership] = await accept(invited, token);
  expect(membership).toMatchObject({ organization_id: organizationId, user_id: invited, role: "viewer" });
  expect(await refusalCode(accept(invited, token))).toBe("NM031");
});

it("only a hash of the secret is kept, where no one but the owner can read it", async () => {
  const { token, id } = await invite(tenant.people.admin, email);
  const [row] =
    await db.sql`select token_hash from nemo_private.invitation_tokens where invitation_id = ${id}`;
  expect(row!.token_hash).toMatch(/^[0-9a-f]{64}$/);
  const everything = await db.sql`
    select (select json_agg(i) from nemo.invitations i)::text || (select json_agg(a) from nemo.audit_log a)::text
        || (select json_agg(t) from nemo_private.invitation_tokens t)::text || (select json_agg(m) from realtime.messages m)::text as text`;
  expect(everything[0]!.text).not.toContain(token);
});

it("it works for the address it was sent to and nobody else", async () => {
  const { token } = await invite(tenant.people.admin, email);
  expect(await refusalCode(accept(await someone(db), token))).toBe("NM032");
  await accept(invited, token);
});

it("an expired, withdrawn, replaced or made-up one is refused alike", async () => {
  const expired = await invite(tenant.people.admin, email);
  await db.sql`update nemo.invitations set created_at = now() - interval '9 days', expires_at = now() where id = ${expired.id}`;
  expect(await refusalCode(accept(invited, expired.token))).toBe("NM031");
  const replaced = await invite(tenant.people.admin, email);
  const current = await invite(tenant.people.admin, email);
  expect(await refusalCode(accept(invited, replaced.token))).toBe("NM031");
  await db.asUser(tenant.people.admin, (tx) => tx`select revoke_invitation(${current.id})`);
  expect(await refusalCode(accept(invited, current.token))).toBe("NM031");
  expect(await refusalCode(accept(invited, "nemo_inv_madeup"))).toBe("NM031");
});

it("of ten who open the same link at once, it works once", async () => {
  const { token } = await invite(tenant.people.admin, email);
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => accept(invited, token)));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
});

it("only owners invite owners", async () => {
  expect(await refusalCode(invite(tenant.people.admin, email, "owner"))).toBe("NM002");
  const { token } = await invite(tenant.people.owner, email, "owner");
  const [membership] = await accept(invited, token);
  expect(membership!.role).toBe("owner");
});

it("a member is not invited again, and an address must be one", async () => {
  const { token } = await invite(tenant.people.admin, email);
  await accept(invited, token);
  expect(await refusalCode(invite(tenant.people.admin, email))).toBe("NM033");
  for (const address of ["nobody", "a b@x.test", "@"])
    expect(await refusalCode(invite(tenant.people.admin, address))).toBe("NM034");
});
