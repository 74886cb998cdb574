import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  createTemplate,
  createTenant,
  recordLint,
  refusal,
  refusalCode,
  type SavedVersion,
  saveText,
  type Tenant,
} from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

const text = (content: string) => [{ role: "system", content }];

it("a saved version has the next number, its author, time, note and parent", async () => {
  const templateId = await createTemplate(db, tenant);
  await saveText(db, tenant.people.member, templateId, "one");
  const second = await db.asUser(tenant.people.admin, async (tx) => {
    const [row] = await tx`
      select * from save_version(${templateId}, ${tx.json(text("two"))}, note => 'Shorter', expected_version => 1)`;
    return row as unknown as SavedVersion;
  });
  expect(second).toMatchObject({
    version: 2,
    parent_version: 1,
    note: "Shorter",
    created_by: tenant.people.admin,
    messages: text("two"),
    config: {},
    contract: {},
  });
  expect(Math.abs(second.created_at.getTime() - Date.now())).toBeLessThan(60_000);
  const [template] =
    await db.sql`select latest_version, active_version from nemo.prompt_templates where id = ${templateId}`;
  expect(template).toEqual({ latest_version: 2, active_version: null });
});

it("a stale save is refused, names the newer version and its author, and saves nothing", async () => {
  const templateId = await createTemplate(db, tenant);
  await saveText(db, tenant.people.admin, templateId, "one");
  await saveText(db, tenant.people.admin, templateId, "two");
  const refused = await refusal(
    db.asUser(
      tenant.people.member,
      (tx) => tx`select save_version(${templateId}, ${tx.json(text("mine"))}, expected_version => 1)`,
    ),
  );
  expect(refused.code).toBe("NM020");
  expect(refused.message).toMatch(
    /^Version 2 was saved by admin-\d+@tenant\.test at .* you began from version 1\.$/,
  );
  expect(JSON.parse(refused.detail)).toMatchObject({ latest_version: 2, created_by: tenant.people.admin });
  const [count] =
    await db.sql`select count(*)::int as n from nemo.prompt_versions where template_id = ${templateId}`;
  expect(count!.n).toBe(2);
});

it("of twenty people who save at once from the same version, one succeeds and nineteen are told", async () => {
  const templateId = await createTemplate(db, tenant);
  await saveText(db, tenant.people.member, templateId, "start");
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      db
        .asUser(
          tenant.people.member,
          (tx) => tx`
          select save_version(${templateId}, ${tx.json(text(`attempt ${index}`))}, expected_version => 1)`,
        )
        .then(() => "saved")
        .catch((error) => error.code as string),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "NM020")).toHaveLength(19);
});

it("people who save at once without expecting a version never make the same number", async () => {
  const templateId = await createTemplate(db, tenant);
  const saved = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      saveText(db, tenant.people.member, templateId, `attempt ${index}`),
    ),
  );
  const numbers = saved.map((version) => version.version).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

it("a save that changes nothing makes no version and says so", async () => {
  const templateId = await createTemplate(db, tenant);
  await saveText(db, tenant.people.member, templateId, "same");
  expect(await refusalCode(saveText(db, tenant.people.member, templateId, "same"))).toBe("NM021");
  const [template] = await db.sql`select latest_version from nemo.prompt_templates where id = ${templateId}`;
  expect(template!.latest_version).toBe(1);
});

it("going back to an earlier text makes a version, because it differs from the latest", async () => {
  const templateId = await createTemplate(db, tenant);
  for (const content of ["one", "two", "one"]) await saveText(db, tenant.people.member, templateId, content);
  const rows =
    await db.sql`select content_hash from nemo.prompt_versions where template_id = ${templateId} order by version`;
  expect(rows[0]!.content_hash).toBe(rows[2]!.content_hash);
});

it("nobody can change, delete or truncate versions, the owner of the database included", async () => {
  const templateId = await createTemplate(db, tenant);
  await saveText(db, tenant.people.member, templateId, "for ever");
  const attempts = [
    () => db.sql`update nemo.prompt_versions set note = 'changed' where template_id = ${templateId}`,
    () => db.sql`delete from nemo.prompt_versions where template_id = ${templateId}`,
    () => db.sql`delete from nemo.prompt_templates where id = ${templateId}`,
    () => db.sql`truncate nemo.prompt_versions cascade`,
  ];
  for (const attempt of attempts) expect(await refusalCode(attempt())).toBe("NM050");
  for (const role of ["authenticated", "service_role", "nemo_gateway"]) {
    for (const statement of [
      "update nemo.prompt_versions set note = 'x' where true",
      "delete from nemo.prompt_versions where true",
    ]) {
      const claims = { sub: tenant.people.owner, role };
      expect(await refusalCode(db.asRole(role, claims, (tx) => tx.unsafe(statement)))).toBe("42501");
    }
  }
});

it("a deleted template is hidden with everything below it, and restored as it was", async () => {
  const templateId = await createTemplate(db, tenant);
  await saveText(db, tenant.people.member, templateId, "text");
  await recordLint(db, templateId, 1);
  await db.asUser(tenant.people.member, (tx) => tx`select set_label(${templateId}, 'staging', 1)`);
  const visible = () =>
    db.asUser(tenant.people.owner, async (tx) => {
      const counts = await tx`
        select (select count(*)::int from prompt_templates where id = ${templateId}) as templates,
               (select count(*)::int from prompt_versions where template_id = ${templateId}) as versions,
               (select count(*)::int from prompt_labels where template_id = ${templateId}) as labels`;
      return counts[0];
    });
  const before = await visible();
  expect(before).toEqual({ templates: 1, versions: 1, labels: 1 });
  await db.asUser(tenant.people.admin, (tx) => tx`select delete_template(${templateId})`);
  expect(await visible()).toEqual({ templates: 0, versions: 0, labels: 0 });
  expect(await refusalCode(saveText(db, tenant.people.member, templateId, "more"))).toBe("NM023");
  const listed = await db.asUser(
    tenant.people.admin,
    (tx) => tx`select id from deleted_templates(${tenant.organizationId})`,
  );
  expect(listed.map((row) => row.id)).toEqual([templateId]);
  await db.asUser(tenant.people.admin, (tx) => tx`select restore_template(${templateId})`);
  expect(await visible()).toEqual(before);
});

it("a deleted template frees its name, and is not restored while another holds it", async () => {
  const first = await createTemplate(db, tenant, "greeting");
  await db.asUser(tenant.people.admin, (tx) => tx`select delete_template(${first})`);
  await createTemplate(db, tenant, "greeting");
  expect(
    await refusalCode(db.asUser(tenant.people.admin, (tx) => tx`select restore_template(${first})`)),
  ).toBe("NM017");
});
