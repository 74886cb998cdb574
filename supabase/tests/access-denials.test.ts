import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createTemplate, createTenant, refusalCode, saveText, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let stranger: Tenant;
let tenant: Tenant;
let templateId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  stranger = await createTenant(db);
});
afterAll(() => db.drop());
beforeEach(async () => {
  tenant = await createTenant(db);
  templateId = await createTemplate(db, tenant);
});

const attempt = (statement: string) =>
  refusalCode(db.asUser(stranger.people.owner, (tx) => tx.unsafe(`select ${statement}`)));
const totalOf = async ({ organizationId, people }: Tenant) => {
  const [totals] = await db.asUser(
    people.viewer,
    (tx) => tx`select * from library_totals(${organizationId})`,
  );
  return Number(totals!.denials_24h);
};
const denials = async () => {
  const rows = await db.asUser(
    tenant.people.viewer,
    (tx) =>
      tx`select template_id, source from access_denials where organization_id = ${tenant.organizationId}`,
  );
  return rows.map((row) => ({ ...row }));
};

it("a stranger's refused call is counted for the template it named, though the call itself left nothing", async () => {
  expect(await attempt(`deactivate_template('${templateId}')`)).toBe("NM003");
  expect(await attempt(`save_version('${templateId}', '[{"role": "user", "content": "x"}]')`)).toBe("NM003");
  expect(await totalOf(tenant)).toBe(2);
  expect(await denials()).toEqual([
    { template_id: templateId, source: "rpc" },
    { template_id: templateId, source: "rpc" },
  ]);
  expect(await totalOf(stranger)).toBe(0);
});

it("an attempt on the organization itself is counted without a template", async () => {
  expect(await attempt(`create_api_key('${tenant.organizationId}', 'mine')`)).toBe("NM003");
  expect(await totalOf(tenant)).toBe(1);
  expect(await denials()).toEqual([{ template_id: null, source: "rpc" }]);
});

it("a member whose role is too low, a missing thing and someone's own mistake are no denials", async () => {
  const { viewer, member } = tenant.people;
  expect(await refusalCode(saveText(db, viewer, templateId, "x"))).toBe("NM002");
  expect(await refusalCode(saveText(db, member, "tpl_doesnotexist", "x"))).toBe("NM003");
  expect(await attempt("deactivate_template('tpl_doesnotexist')")).toBe("NM003");
  expect(await totalOf(tenant)).toBe(0);
});

it("attempts made at the same moment are all counted", async () => {
  await Promise.all(Array.from({ length: 20 }, () => attempt(`restore_template('${templateId}')`)));
  expect(await totalOf(tenant)).toBe(20);
});

it("of a flood the last sixty-four are counted, and those after it again", async () => {
  await db.sql`select nemo_private.note_denial(${templateId}) from generate_series(1, 200)`;
  expect(await totalOf(tenant)).toBe(64);
  await attempt(`restore_template('${templateId}')`);
  expect(await totalOf(tenant)).toBe(65);
});

it("a call in a transaction that may not write is refused as ever, and counts nothing", async () => {
  const code = await refusalCode(
    db.asUser(stranger.people.owner, async (tx) => {
      await tx`set transaction read only`;
      await tx`select audit_entries(${tenant.organizationId})`;
    }),
  );
  expect(code).toBe("NM003");
  expect(await totalOf(tenant)).toBe(0);
});

it("the gateway's housekeeping collects what nobody has looked at", async () => {
  await attempt(`delete_template('${templateId}')`);
  await db.asRole("nemo_gateway", null, (tx) => tx`select nemo_private.gateway_maintain()`);
  expect(await denials()).toHaveLength(1);
});
