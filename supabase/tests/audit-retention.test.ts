import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ageAuditLog } from "../../tests/support/age-audit-log.ts";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createTemplate, createTenant, refusalCode, type Tenant } from "./support/tenants.ts";

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

const asAdmin = (statement: string) => db.asUser(tenant.people.admin, (tx) => tx.unsafe(statement));
const sequences = async () => {
  const rows =
    await db.sql`select sequence::int from nemo.audit_log where organization_id = ${organizationId} order by 1`;
  return rows.map((row) => row.sequence as number);
};
const verify = async () => (await asAdmin(`select * from verify_audit_chain('${organizationId}')`))[0];
const prune = async () => Number((await asAdmin(`select prune_audit_log('${organizationId}') as n`))[0]!.n);

const age = () => ageAuditLog(db.sql, organizationId);

it("without a retention nothing is removed", async () => {
  await age();
  expect(await prune()).toBe(0);
  expect(await sequences()).toEqual([1]);
});

it("old entries go, newer ones stay, one entry says which went, and the chain still verifies", async () => {
  for (const name of ["one", "two", "three"]) await createTemplate(db, tenant, name);
  await age();
  await asAdmin(`select set_audit_retention('${organizationId}', 90)`);
  expect(await prune()).toBe(4);
  expect(await sequences()).toEqual([5, 6]);
  const [receipt] =
    await db.sql`select after from nemo.audit_log where organization_id = ${organizationId} and sequence = 6`;
  expect(receipt!.after).toMatchObject({ removed: 4, ranges: [{ first: 1, last: 4 }] });
  expect(await verify()).toMatchObject({ ok: true, checked: "2", first_bad: null });
});

it("entries pinned as evidence stay, with the chain whole around them", async () => {
  for (const name of ["one", "two", "three", "four"]) await createTemplate(db, tenant, name);
  await age();
  await asAdmin(`select pin_audit_entry('${organizationId}', 3, 'Evidence')`);
  await asAdmin(`select set_audit_retention('${organizationId}', 90)`);
  expect(await prune()).toBe(4);
  expect((await sequences()).slice(0, 2)).toEqual([3, 6]);
  expect(await verify()).toMatchObject({ ok: true });
  await asAdmin(`select unpin_audit_entry('${organizationId}', 3)`);
  expect(await prune()).toBe(1);
  expect(await verify()).toMatchObject({ ok: true, first_bad: null });
});

it("removals repeat over the years, and the receipts of earlier ones are kept", async () => {
  await asAdmin(`select set_audit_retention('${organizationId}', 90)`);
  await age();
  expect(await prune()).toBe(2);
  await createTemplate(db, tenant);
  await age();
  expect(await prune()).toBe(1);
  expect(await prune()).toBe(0);
  expect(await sequences()).toEqual([3, 5]);
  expect(await verify()).toMatchObject({ ok: true });
});

it("removing a receipt, or claiming a wider gap than there was, is found", async () => {
  for (const name of ["one", "two"]) await createTemplate(db, tenant, name);
  await age();
  await asAdmin(`select set_audit_retention('${organizationId}', 90)`);
  await createTemplate(db, tenant);
  await prune();
  await db.sql.begin(async (tx) => {
    await tx`alter table nemo.audit_log disable trigger user`;
    await tx`delete from nemo.audit_log where organization_id = ${organizationId} and sequence = 4`;
    await tx`update nemo.audit_log set after = jsonb_set(after, '{ranges,0,last}', '4') where organization_id = ${organizationId} and action = 'audit.pruned'`;
    await tx`alter table nemo.audit_log enable trigger user`;
  });
  expect(await verify()).toMatchObject({ ok: false });
});

it("the schedule applies every organization's own retention", async () => {
  await asAdmin(`select set_audit_retention('${organizationId}', 90)`);
  await age();
  await db.sql`select nemo_private.prune_audit_logs()`;
  expect(await sequences()).toEqual([3]);
  const [entry] =
    await db.sql`select actor_kind, actor_id from nemo.audit_log where organization_id = ${organizationId}`;
  expect(entry).toEqual({ actor_kind: "system", actor_id: null });
});

it("a retention under 30 days, and a pin on an entry that is not there, are refused", async () => {
  expect(await refusalCode(asAdmin(`select set_audit_retention('${organizationId}', 29)`))).toBe("NM015");
  expect(await refusalCode(asAdmin(`select set_audit_retention('${organizationId}', -1)`))).toBe("NM015");
  expect(await refusalCode(asAdmin(`select pin_audit_entry('${organizationId}', 99, 'Nothing')`))).toBe(
    "NM003",
  );
});

it("housekeeping applies every organization's retention, as the system", async () => {
  await createTemplate(db, tenant, "one");
  await age();
  await asAdmin(`select set_audit_retention('${organizationId}', 90)`);
  await db.asRole("nemo_gateway", null, (tx) => tx`select nemo_private.gateway_maintain()`);
  expect(await sequences()).toEqual([3, 4]);
  const [receipt] =
    await db.sql`select action, actor_kind from nemo.audit_log where organization_id = ${organizationId} and sequence = 4`;
  expect(receipt).toEqual({ action: "audit.pruned", actor_kind: "system" });
  expect(await verify()).toMatchObject({ ok: true });
});
