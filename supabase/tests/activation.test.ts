import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  activeTemplate,
  createTemplate,
  createTenant,
  recordLint,
  refusalCode,
  saveText,
  type Tenant,
} from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  tenant = await createTenant(db);
});

const activate = (templateId: string, version: number) =>
  db.asUser(tenant.people.member, async (tx) => {
    const [row] = await tx`select * from activate_version(${templateId}, ${version})`;
    return row!.active_version as number;
  });
const activeVersion = async (templateId: string) => {
  const [row] = await db.sql`select active_version from nemo.prompt_templates where id = ${templateId}`;
  return row!.active_version as number | null;
};

it("any linted version can be activated, an earlier one too, and the template deactivated", async () => {
  const templateId = await activeTemplate(db, tenant, "one", "two");
  expect(await activeVersion(templateId)).toBe(2);
  expect(await activate(templateId, 1)).toBe(1);
  await db.asUser(tenant.people.member, (tx) => tx`select deactivate_template(${templateId})`);
  expect(await activeVersion(templateId)).toBeNull();
});

it("a version without a passing report cannot be activated, whoever calls", async () => {
  const templateId = await createTemplate(db, tenant);
  await saveText(db, tenant.people.member, templateId, "text");
  const everyone = [
    () => activate(templateId, 1),
    () => db.asUser(tenant.people.owner, (tx) => tx`select activate_version(${templateId}, 1)`),
    () => db.asServiceRole((tx) => tx`select activate_version(${templateId}, 1)`),
    () => db.sql`select nemo.activate_version(${templateId}, 1)`,
  ];
  for (const call of everyone) expect(await refusalCode(call())).toBe("NM022");
  await recordLint(db, templateId, 1, 2);
  for (const call of everyone) expect(await refusalCode(call())).toBe("NM022");
  // Nor by the owner's hand, as in a table editor: the table itself refuses.
  const byHand = (version: number) => db.sql`
    update nemo.prompt_templates set active_version = ${version}, active_since = now() where id = ${templateId}`;
  expect(await refusalCode(byHand(1))).toBe("NM022");
  const born = db.sql`
    insert into nemo.prompt_templates (organization_id, name, latest_version, active_version, active_since)
    values (${tenant.organizationId}, 'born-active', 1, 1, now())`;
  expect(await refusalCode(born)).toBe("NM024");
  await recordLint(db, templateId, 1);
  await byHand(1);
  await db.sql`update nemo.prompt_templates set active_version = null, active_since = null where id = ${templateId}`;
  expect(await activeVersion(templateId)).toBeNull();
});

it("the newest report counts: stricter rules stop a version that once passed", async () => {
  const templateId = await activeTemplate(db, tenant, "one", "two");
  await recordLint(db, templateId, 1, 1);
  expect(await refusalCode(activate(templateId, 1))).toBe("NM022");
  await recordLint(db, templateId, 1);
  expect(await activate(templateId, 1)).toBe(1);
});

it("a report about another version's text is refused", async () => {
  const templateId = await createTemplate(db, tenant);
  await saveText(db, tenant.people.member, templateId, "one");
  const second = await saveText(db, tenant.people.member, templateId, "two");
  const report = db.asServiceRole(
    (tx) => tx`select record_lint_report(${templateId}, 1, ${second.content_hash}, 0)`,
  );
  expect(await refusalCode(report)).toBe("NM025");
});

it("people cannot write reports themselves", async () => {
  const templateId = await createTemplate(db, tenant);
  const { content_hash } = await saveText(db, tenant.people.member, templateId, "one");
  const report = db.asUser(
    tenant.people.owner,
    (tx) => tx`select record_lint_report(${templateId}, 1, ${content_hash}, 0)`,
  );
  expect(await refusalCode(report)).toBe("42501");
});

it("activating what is active already changes and audits nothing", async () => {
  const templateId = await activeTemplate(db, tenant, "one");
  const count = async () =>
    (await db.sql`select count(*)::int as n from nemo.audit_log where template_id = ${templateId}`)[0]!.n;
  const before = await count();
  expect(await activate(templateId, 1)).toBe(1);
  expect(await count()).toBe(before);
});

it("the library's totals count versions and measure activations", async () => {
  const templateId = await activeTemplate(db, tenant, "one", "two");
  await activate(templateId, 1);
  await db.sql`select nemo_private.record_denial(${templateId}, 'gateway')`;
  const [totals] = await db.asUser(
    tenant.people.viewer,
    (tx) => tx`select * from library_totals(${tenant.organizationId})`,
  );
  expect(totals).toMatchObject({ templates: "1", versions: "2", activations: "2", denials_24h: "1" });
  expect(totals!.activation_p50_ms).toBeGreaterThan(0);
  expect(totals!.activation_p95_ms).toBeGreaterThanOrEqual(totals!.activation_p50_ms);
});

it("a denied attempt is counted for the organization that was protected, and shows nothing of who asked", async () => {
  const templateId = await createTemplate(db, tenant);
  const other = await createTenant(db);
  const deny = (template: string, asker: string | null) =>
    db.sql`select nemo_private.record_denial(${template}, 'gateway', asking_organization_id => ${asker}) as counted`;
  expect((await deny(templateId, other.organizationId))[0]!.counted).toBe(true);
  expect((await deny(templateId, tenant.organizationId))[0]!.counted).toBe(false);
  expect((await deny("tpl_doesnotexist", other.organizationId))[0]!.counted).toBe(false);
  const seen = await db.asUser(tenant.people.viewer, (tx) => tx`select * from access_denials`);
  expect(seen).toHaveLength(1);
  expect(JSON.stringify(seen)).not.toContain(other.organizationId);
  expect(await db.asUser(other.people.owner, (tx) => tx`select * from access_denials`)).toHaveLength(0);
});

it("a label is as good as activation: no version without a passing lint report gets one, whoever writes the row", async () => {
  const templateId = await activeTemplate(db, tenant, "one", "two");
  const { version: unlinted } = await saveText(db, tenant.people.member, templateId, "three");
  const set = (version: number, name = "live") =>
    db.asUser(tenant.people.admin, (tx) => tx`select set_label(${templateId}, ${name}, ${version})`);
  const byHand = () =>
    db.sql`update nemo.prompt_labels set version = ${unlinted} where template_id = ${templateId}`;
  await set(2);
  for (const errors of [null, 1]) {
    if (errors !== null) await recordLint(db, templateId, unlinted, errors);
    expect(await refusalCode(set(unlinted, "fresh"))).toBe("NM022");
    expect(await refusalCode(set(unlinted))).toBe("NM022");
    expect(await refusalCode(byHand())).toBe("NM022");
  }
  await recordLint(db, templateId, unlinted);
  await set(unlinted);
  // Rules that became stricter take no label away, and keep nobody from protecting the one there is.
  await recordLint(db, templateId, unlinted, 1);
  await db.asUser(
    tenant.people.admin,
    (tx) => tx`select set_label(${templateId}, 'live', ${unlinted}, true)`,
  );
  const kept =
    await db.sql`select version, protected from nemo.prompt_labels where template_id = ${templateId}`;
  expect([...kept]).toEqual([{ version: unlinted, protected: true }]);
});

it("labels are set, moved and removed by members, protected ones by admins alone", async () => {
  const templateId = await activeTemplate(db, tenant, "one", "two");
  const { member, admin } = tenant.people;
  const as = (who: string, call: string) => db.asUser(who, (tx) => tx.unsafe(`select * from ${call}`));
  await as(member, `set_label('${templateId}', 'staging', 1)`);
  expect((await as(member, `set_label('${templateId}', 'staging', 2)`))[0]).toMatchObject({
    version: 2,
    protected: false,
  });
  expect(await refusalCode(as(member, `set_label('${templateId}', 'staging', 2, true)`))).toBe("NM002");
  await as(admin, `set_label('${templateId}', 'staging', 2, true)`);
  expect(await refusalCode(as(member, `set_label('${templateId}', 'staging', 1)`))).toBe("NM002");
  expect(await refusalCode(as(member, `remove_label('${templateId}', 'staging')`))).toBe("NM002");
  expect((await as(admin, `set_label('${templateId}', 'staging', 1)`))[0]).toMatchObject({
    version: 1,
    protected: true,
  });
  await as(admin, `remove_label('${templateId}', 'staging')`);
  expect(await refusalCode(as(admin, `remove_label('${templateId}', 'staging')`))).toBe("NM003");
  for (const name of ["v3", "Staging", "a b"])
    expect(await refusalCode(as(member, `set_label('${templateId}', '${name}', 1)`))).toBe("NM013");
  expect(await refusalCode(as(member, `set_label('${templateId}', 'canary', 9)`))).toBe("NM024");
});
