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

const noted = (...things: string[]) =>
  db.sql`select nemo_private.note_denial(thing) from unnest(${things}::text[]) with ordinality t (thing, place) order by place`;
const uncounted = async () => {
  const [row] = await db.sql`select nemo_private.uncounted_denials() as n`;
  return Number(row!.n);
};

it("a flood is counted to the last attempt, in few rows, and so is what comes after it", async () => {
  await noted(...Array.from({ length: 5000 }, () => templateId));
  expect(await totalOf(tenant)).toBe(5000);
  expect(await denials()).toHaveLength(64);
  await attempt(`restore_template('${templateId}')`);
  expect(await totalOf(tenant)).toBe(5001);
});

it("a flood from many at once, while it is being collected, is counted to the last attempt", async () => {
  let flooding = true;
  const flood = Promise.all(
    Array.from({ length: 200 }, () => attempt(`restore_template('${templateId}')`)),
  ).finally(() => (flooding = false));
  while (flooding) await totalOf(tenant);
  await flood;
  expect(await totalOf(tenant)).toBe(200);
});

it("more than sixty-four things asked for between two collections are told apart as far as there is room, and the rest is known", async () => {
  const names = Array.from({ length: 70 }, (_, index) => `many-${index}`);
  const made: string[] = [];
  for (const name of names) made.push(await createTemplate(db, tenant, name));
  const before = await uncounted();
  await noted(...made, ...made);
  expect(await uncounted()).toBe(before + 12);
  expect(await totalOf(tenant)).toBe(128);
  // Collected, the room is free again.
  await noted(...made.slice(64), templateId);
  expect(await totalOf(tenant)).toBe(135);
  expect(await uncounted()).toBe(before + 12);
});

it("ids that somebody made up take up no room", async () => {
  const before = await uncounted();
  for (let made = 0; made < 70; made++) await attempt("create_api_key(gen_random_uuid(), 'mine')");
  await attempt(`create_api_key('${tenant.organizationId}', 'mine')`);
  expect(await totalOf(tenant)).toBe(1);
  expect(await uncounted()).toBe(before);
});

it("what one count cannot hold goes on in another", async () => {
  await noted(...Array.from({ length: 40_000 }, () => templateId));
  expect(await totalOf(tenant)).toBe(40_000);
  await noted(templateId);
  expect(await totalOf(tenant)).toBe(40_001);
});

it("a collection that is undone is made up for by the next", async () => {
  await attempt(`delete_template('${templateId}')`);
  await db.sql
    .begin(async (tx) => {
      await tx`select nemo_private.collect_denials()`;
      throw new Error("undone");
    })
    .catch(() => {});
  expect(await totalOf(tenant)).toBe(1);
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

it("the gateway's housekeeping collects what nobody has looked at, and forgets after 90 days, looking once an hour", async () => {
  const keepHouse = () => db.asRole("nemo_gateway", null, (tx) => tx`select nemo_private.gateway_maintain()`);
  const makeOld = () =>
    db.sql`update nemo.access_denials set created_at = now() - interval '91 days' where organization_id = ${tenant.organizationId}`;
  await attempt(`delete_template('${templateId}')`);
  await keepHouse();
  expect(await denials()).toHaveLength(1);
  await makeOld();
  await keepHouse();
  expect(await denials()).toHaveLength(1);
  await db.sql`update nemo_private.retention_applied set at = at - interval '61 minutes'`;
  await keepHouse();
  expect(await denials()).toEqual([]);
});
