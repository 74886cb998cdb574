import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { askFor, auditOf, claim, makeTemplate } from "./support/recommendation-fixture.ts";
import { createTenant, refusalCode, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

it("asking twice, or with the same key, is one job", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const [first, second] = await Promise.all([askFor(db, tenant, templateId), askFor(db, tenant, templateId)]);
  expect(second.id).toBe(first.id);
  const other = await askFor(db, tenant, templateId, { kinds: ["tokens", "clarity"], key: "k-1" });
  expect(other.kinds).toEqual(["clarity", "tokens"]);
  expect((await askFor(db, tenant, templateId, { kinds: ["rules"], key: "k-1" })).id).toBe(other.id);
  expect((await auditOf(db, first.id)).map((entry) => entry.action)).toEqual(["recommendation.requested"]);
});

it("two workers never hold the same job", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const job = await askFor(db, tenant, templateId);
  const claims = await Promise.all([claim(db, job.id), claim(db, job.id), claim(db, job.id)]);
  expect(claims.filter(Boolean)).toHaveLength(1);
});

it("a schedule of the project may ask too, and the job says that no person did", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  // As pg_cron runs it: as postgres, without a request.
  const [job] = await db.sql`select * from nemo.request_recommendations(${templateId})`;
  expect(job).toMatchObject({ state: "queued", kinds: ["rules"], requested_by: null, max_cost_nanousd: "0" });
  expect(await auditOf(db, job!.id)).toMatchObject([{ action: "recommendation.requested", actor_id: null }]);
});

it("an organization has at most twenty jobs waiting", async () => {
  const busy = await createTenant(db);
  const templateId = await makeTemplate(db, busy, "before");
  for (let index = 0; index < 20; index++) await askFor(db, busy, templateId, { key: `busy-${index}` });
  expect(await refusalCode(askFor(db, busy, templateId, { key: "busy-20" }))).toBe("NM304");
});

it.each([
  ["an unknown kind", "'{magic}'", "'[]'", "0", "NM014"],
  ["no kind", "'{}'", "'[]'", "0", "NM014"],
  ["inputs that are no objects", "'{rules}'", "'[1]'", "0", "NM019"],
  ["inputs that are no list", "'{rules}'", "'{}'", "0", "NM019"],
  ["too many inputs", "'{rules}'", "'[{},{},{},{},{},{}]'", "0", "NM019"],
  ["a negative cost", "'{rules}'", "'[]'", "-1", "NM015"],
])("%s is refused", async (_, kinds, inputs, cost, code) => {
  const templateId = await makeTemplate(db, tenant, "before");
  const ask = db.asUser(tenant.people.member, (tx) =>
    tx.unsafe(`select request_recommendations($1, null, ${kinds}, ${inputs}, ${cost})`, [templateId]),
  );
  expect(await refusalCode(ask)).toBe(code);
});

it("people cannot work the queue", async () => {
  for (const call of [
    "claim_recommendation_job()",
    "fail_recommendation_job(null, null, 'x', 'x')",
    "finish_recommendation_job(null, null, '', '[]')",
  ])
    expect(await refusalCode(db.asUser(tenant.people.owner, (tx) => tx.unsafe(`select ${call}`)))).toBe(
      "42501",
    );
});
