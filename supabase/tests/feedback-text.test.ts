import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createTenant, refusalCode, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

const setPolicy = (policy: string) =>
  db.asUser(tenant.people.admin, (tx) => tx`select set_data_policy(${tenant.organizationId}, ${policy})`);
const give = (label: string | null, comment: string | null) => db.sql`
  insert into nemo.prompt_feedback (request_id, organization_id, score, label, comment)
  values (gen_random_uuid(), ${tenant.organizationId}, 1, ${label}, ${comment})`;
const seenBy = async (role: "viewer" | "member" | "admin") =>
  (await db.asUser(tenant.people[role], (tx) => tx`select label, comment from prompt_feedback`)).map(
    (row) => ({
      ...row,
    }),
  );

it("text in feedback is kept under policy full only, whoever writes it; a word is no text", async () => {
  for (const policy of ["none", "metadata"]) {
    await setPolicy(policy);
    expect(await refusalCode(give(null, "It was rude"))).toBe("NM400");
    expect(await refusalCode(give("it was rude to Jane", null))).toBe("NM400");
  }
  await setPolicy("metadata");
  await give("thumbs_up", null);
  await give(null, null);
});

it("text in feedback is for admins, as the text of requests is, and goes when the policy is lowered", async () => {
  await setPolicy("full");
  await give("thumbs_down", "It was rude");
  for (const role of ["viewer", "member"] as const) expect(await seenBy(role)).toHaveLength(2);
  expect(await seenBy("admin")).toContainEqual({ label: "thumbs_down", comment: "It was rude" });

  await setPolicy("metadata");
  const [purged] = await db.asUser(
    tenant.people.admin,
    (tx) => tx`select purge_logs(${tenant.organizationId}) as receipt`,
  );
  expect(purged!.receipt).toMatchObject({ data_policy: "metadata", feedback_changed: 1 });
  const [entry] = await db.sql`
    select action, after from nemo.audit_log where organization_id = ${tenant.organizationId} order by sequence desc limit 1`;
  expect(entry).toMatchObject({ action: "organization.data_purged", after: { feedback_changed: 1 } });
  expect(await seenBy("viewer")).toContainEqual({ label: "thumbs_down", comment: null });
});
