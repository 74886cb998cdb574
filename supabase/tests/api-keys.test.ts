import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createTemplate, createTenant, refusalCode, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
let other: Tenant;
let organizationId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
  other = await createTenant(db);
  organizationId = tenant.organizationId;
});
afterAll(() => db.drop());

const create = (options = "") =>
  db.asUser(tenant.people.admin, async (tx) => {
    const [row] = await tx.unsafe(`select * from create_api_key('${organizationId}', 'A key'${options})`);
    return row as unknown as { id: string; key: string };
  });

it("the secret is told once; the prefix is shown and only the hash is kept", async () => {
  const { id, key } = await create();
  expect(key).toMatch(/^nemo_sk_[A-Za-z0-9_-]{43}$/);
  const [row] = await db.asUser(tenant.people.viewer, (tx) => tx`select * from api_keys where id = ${id}`);
  expect(row!.prefix).toBe(key.slice(0, 14));
  const [hash] = await db.sql`select key_hash from nemo_private.api_key_hashes where api_key_id = ${id}`;
  expect(hash!.key_hash).toBe(createHash("sha256").update(key).digest("hex"));
  const [kept] = await db.sql`
    select (select json_agg(k) from nemo.api_keys k)::text || (select json_agg(a) from nemo.audit_log a)::text
        || (select json_agg(m) from realtime.messages m)::text as text`;
  expect(kept!.text).not.toContain(key.slice(14));
});

it("limits, scopes, expiry and default template are kept as given", async () => {
  const templateId = await createTemplate(db, tenant);
  const { id } = await create(
    `, '${templateId}', scopes => '{${templateId}}', expires_at => '2100-01-01Z', requests_per_minute => 60, monthly_budget_nanousd => 5000000000, max_concurrency => 4`,
  );
  const [row] = await db.sql`select * from nemo.api_keys where id = ${id}`;
  expect(row).toMatchObject({
    default_template_id: templateId,
    scopes: [templateId],
    requests_per_minute: 60,
    max_concurrency: 4,
    monthly_budget_nanousd: "5000000000",
    expires_at: new Date("2100-01-01T00:00:00Z"),
  });
});

it("another tenant's template is not a default or a scope, and says no more than a missing one", async () => {
  const foreign = await createTemplate(db, other);
  for (const id of [foreign, "tpl_doesnotexist"]) {
    expect(await refusalCode(create(`, '${id}'`))).toBe("NM003");
    expect(await refusalCode(create(`, scopes => '{${id}}'`))).toBe("NM003");
  }
});

it.each([
  ["no requests per minute", ", requests_per_minute => 0", "NM015"],
  ["a negative budget", ", monthly_budget_nanousd => -1", "NM015"],
  ["an expiry in the past", ", expires_at => '2000-01-01Z'", "NM015"],
  ["an empty list of scopes", ", scopes => '{}'", "NM015"],
  ["a scope that is null", ", scopes => '{NULL}'", "NM003"],
])("%s is refused", async (_what, options, code) => {
  expect(await refusalCode(create(options))).toBe(code);
});

it("a default template outside the key's scopes is refused", async () => {
  const [first, second] = [await createTemplate(db, tenant), await createTemplate(db, tenant)];
  expect(await refusalCode(create(`, '${first}', scopes => '{${second}}'`))).toBe("NM041");
});

it("revoking is final and audited once", async () => {
  const { id } = await create();
  const revoke = () => db.asUser(tenant.people.admin, (tx) => tx`select * from revoke_api_key(${id})`);
  const [first] = await revoke();
  const [second] = await revoke();
  expect(first!.revoked_at).toBeInstanceOf(Date);
  expect(second!.revoked_at).toEqual(first!.revoked_at);
  const [count] =
    await db.sql`select count(*)::int as n from nemo.audit_log where action = 'api_key.revoked' and target_id = ${id}`;
  expect(count!.n).toBe(1);
});
