import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  activeTemplate,
  createTemplate,
  createTenant,
  refusalCode,
  saveText,
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

const verify = async () => {
  const [result] = await db.asUser(
    tenant.people.admin,
    (tx) => tx`select * from verify_audit_chain(${organizationId})`,
  );
  return {
    ...result,
    checked: Number(result!.checked),
    first_bad: result!.first_bad === null ? null : Number(result!.first_bad),
  };
};

/** What only someone with the database owner's rights could do: change the table behind the trigger's back. */
async function tamper(statement: string): Promise<void> {
  await db.sql.begin(async (tx) => {
    await tx`alter table nemo.audit_log disable trigger user`;
    await tx.unsafe(statement);
    await tx`alter table nemo.audit_log enable trigger user`;
  });
}

async function entries(filters: string): Promise<{ action: string; sequence: string }[]> {
  const rows = await db.asUser(tenant.people.admin, (tx) =>
    tx.unsafe(`select * from audit_entries('${organizationId}'${filters})`),
  );
  return rows as unknown as { action: string; sequence: string }[];
}

it("every change leaves an entry that says who, what, from where, before and after", async () => {
  const templateId = await activeTemplate(db, tenant, "one");
  await db.asUser(tenant.people.admin, async (tx) => {
    const headers = {
      "x-forwarded-for": "203.0.113.7, 10.0.0.1",
      "user-agent": "a-browser/1.0",
      // Believed when the server says so, and not from a person.
      "x-nemo-acting-user": tenant.people.owner,
      "x-nemo-client-ip": "198.51.100.1",
      "x-nemo-client-agent": "somebody else",
    };
    await tx`select set_config('request.headers', ${JSON.stringify(headers)}, true)`;
    await tx`select deactivate_template(${templateId})`;
  });
  const [entry] = await entries(", max => 1");
  expect(entry).toMatchObject({
    action: "template.deactivated",
    actor_kind: "user",
    actor_id: tenant.people.admin,
    actor_name: expect.stringMatching(/^admin-\d+@tenant\.test$/),
    ip: "203.0.113.7",
    user_agent: "a-browser/1.0",
    target_kind: "template",
    target_id: templateId,
    template_id: templateId,
    before: { active_version: 1 },
    after: { active_version: null },
  });
});

it.each([
  [
    "what the platform's proxy says comes before what a client may have said",
    { "cf-connecting-ip": "203.0.113.7", "x-forwarded-for": "198.51.100.1" },
    "203.0.113.7",
  ],
  [
    "a word in front hides no address",
    { "x-forwarded-for": "unknown, , 203.0.113.7, 10.0.0.1" },
    "203.0.113.7",
  ],
  ["words alone are no address", { "cf-connecting-ip": "me", "x-forwarded-for": "nobody" }, null],
])("of where a change came from, %s", async (_, headers, ip) => {
  await db.asUser(tenant.people.admin, async (tx) => {
    await tx`select set_config('request.headers', ${JSON.stringify(headers)}, true)`;
    await tx`select update_organization(${organizationId}, ${`Named ${randomUUID()}`})`;
  });
  expect((await entries(", max => 1"))[0]).toMatchObject({ action: "organization.updated", ip });
});

it("a function with the service role names the person it acts for, whose permissions then count", async () => {
  const templateId = await createTemplate(db, tenant);
  const saveFor = (userId: string) =>
    db.asServiceRole(async (tx) => {
      const headers = {
        "x-nemo-acting-user": userId,
        "x-nemo-client-ip": "unknown, 198.51.100.9, 203.0.113.7",
        "x-nemo-client-agent": "phone/2",
      };
      await tx`select set_config('request.headers', ${JSON.stringify(headers)}, true)`;
      await tx`select save_version(${templateId}, '[{"role": "system", "content": "text"}]')`;
    });
  expect(await refusalCode(saveFor(tenant.people.viewer))).toBe("NM002");
  expect(await refusalCode(saveFor("nonsense"))).toBe("NM001");
  await saveFor(tenant.people.member);
  const [entry] = await entries(", max => 1");
  expect(entry).toMatchObject({
    action: "version.saved",
    actor_id: tenant.people.member,
    ip: "198.51.100.9",
    user_agent: "phone/2",
  });
});

it("a change that fails leaves no entry, and an entry never commits without its change", async () => {
  const before = await entries("");
  await expect(
    db.asUser(tenant.people.member, async (tx) => {
      await tx`select create_template(${organizationId}, 'undone')`;
      throw new Error("undo");
    }),
  ).rejects.toThrow("undo");
  expect(await entries("")).toEqual(before);
});

it("entries can be filtered by template, actor, action, class and time, and paged without overlap", async () => {
  const first = await activeTemplate(db, tenant, "one", "two");
  await activeTemplate(db, tenant, "other");
  const all = await entries("");
  const ofTemplate = await entries(`, template_id => '${first}'`);
  expect(ofTemplate.map((entry) => entry.action)).toEqual([
    "version.activated",
    "version.saved",
    "version.saved",
    "template.created",
  ]);
  expect((await entries(", action => 'version.saved'")).length).toBe(3);
  expect(new Set((await entries(", action => 'version'")).map((entry) => entry.action))).toEqual(
    new Set(["version.saved", "version.activated"]),
  );
  expect((await entries(`, actor => '${tenant.people.owner}'`)).map((entry) => entry.action)).toEqual([
    "organization.created",
  ]);
  expect(await entries(", actor => 'system'")).toEqual([]);
  expect(await entries(", since => now() + interval '1 minute'")).toEqual([]);
  expect((await entries(", until => now() + interval '1 minute'")).length).toBe(all.length);
  const paged = [];
  for (let before = "null"; ; ) {
    const page = await entries(`, before => ${before}, max => 2`);
    if (page.length === 0) break;
    paged.push(...page);
    before = page.at(-1)!.sequence;
  }
  expect(paged).toEqual(all);
});

it("an untouched chain verifies, and says how many entries it read", async () => {
  await activeTemplate(db, tenant, "one", "two");
  const all = await entries(", max => 1000");
  expect(await verify()).toEqual({ ok: true, checked: all.length, first_bad: null });
});

it("concurrent changes keep one unbroken chain", async () => {
  await Promise.all(Array.from({ length: 20 }, () => createTemplate(db, tenant)));
  expect(await verify()).toEqual({ ok: true, checked: 21, first_bad: null });
});

const tampering: Record<string, [string, number]> = {
  "an altered entry": [
    "update nemo.audit_log set user_agent = 'someone else' where sequence = 3 and organization_id = $1",
    3,
  ],
  "an altered time": [
    "update nemo.audit_log set occurred_at = occurred_at - interval '1 microsecond' where sequence = 2 and organization_id = $1",
    2,
  ],
  "a removed entry": ["delete from nemo.audit_log where sequence = 3 and organization_id = $1", 3],
  "the first entry removed": ["delete from nemo.audit_log where sequence = 1 and organization_id = $1", 1],
  "the newest entry removed": ["delete from nemo.audit_log where sequence = 4 and organization_id = $1", 4],
  "an altered entry with a recomputed hash": [
    `update nemo.audit_log a set action = 'label.set' where sequence = 2 and organization_id = $1;
     update nemo.audit_log a set hash = nemo_private.audit_hash(a) where sequence = 2 and organization_id = $1`,
    3,
  ],
  "a removal nobody vouched for": [
    "delete from nemo.audit_log where sequence in (2, 3) and organization_id = $1",
    2,
  ],
};

it.each(Object.entries(tampering))("%s is found", async (_what, [statement, firstBad]) => {
  const templateId = await createTemplate(db, tenant);
  for (const text of ["one", "two"]) await saveText(db, tenant.people.member, templateId, text);
  expect(await verify()).toEqual({ ok: true, checked: 4, first_bad: null });
  await tamper(statement.replaceAll("$1", `'${organizationId}'`));
  expect(await verify()).toMatchObject({ ok: false, first_bad: firstBad });
});

it("nobody can change or delete an entry: not people, the service role, the gateway, nor the owner's mistake", async () => {
  for (const statement of [
    "update nemo.audit_log set action = 'label.set' where true",
    "delete from nemo.audit_log where true",
    "truncate nemo.audit_log cascade",
  ]) {
    expect(await refusalCode(db.sql.unsafe(statement))).toBe("NM050");
    for (const role of ["authenticated", "service_role", "nemo_gateway"]) {
      const claims = { sub: tenant.people.owner, role };
      expect(await refusalCode(db.asRole(role, claims, (tx) => tx.unsafe(statement)))).toBe("42501");
      // Announcing a removal opens nothing to a role that may not delete.
      const announced = db.asRole(role, claims, async (tx) => {
        await tx`select set_config('nemo.removal', ${`organization:${organizationId}`}, true)`;
        await tx.unsafe(statement);
      });
      expect(await refusalCode(announced)).toBe("42501");
    }
  }
});

it("an export is audited and covers what the log held when it began", async () => {
  const [started] = await db.asUser(
    tenant.people.admin,
    (tx) => tx`select start_audit_export(${organizationId}, 'csv', '{"action": "version"}') as before`,
  );
  await createTemplate(db, tenant);
  const exported = await entries(`, before => ${started!.before}`);
  expect(exported.map((entry) => entry.action)).toEqual(["organization.created"]);
  expect((await entries(", action => 'audit.exported'"))[0]).toMatchObject({
    after: { format: "csv", filters: { action: "version" } },
  });
});
