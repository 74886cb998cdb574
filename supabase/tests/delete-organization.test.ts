import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { READERS } from "./support/allowed.ts";
import { asGateway } from "./support/as-gateway.ts";
import { createFullTenant, type FullTenant } from "./support/full-tenant.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

async function rowsOf(organizationId: string): Promise<Record<string, number>> {
  const tables = await db.sql`
    select relname as name from pg_class where relnamespace = 'nemo'::regnamespace and relkind in ('r', 'p') order by 1`;
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const key = name === "organizations" ? "id" : "organization_id";
    const [row] = await db.sql.unsafe(
      `select count(*)::int as n from nemo.${name} where ${key} = '${organizationId}'`,
    );
    counts[name] = row!.n;
  }
  return counts;
}

/** Tables of both schemas, whatever their columns are called, in which one of these ids still stands. */
async function rowsThatMention(ids: string[]): Promise<string[]> {
  const tables = await db.sql`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace::regnamespace::text in ('nemo', 'nemo_private') and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await db.sql.unsafe(`select count(*)::int as n from ${name} t where t::text ~ $1`, [
      ids.join("|"),
    ]);
    if (row!.n > 0) found.push(name);
  }
  return found;
}

/** What the gateway leaves in its own tables: a request recorded, one under way, one that was refused. */
async function leaveTraffic(tenant: FullTenant): Promise<void> {
  const key_hash = "d".repeat(64);
  await db.sql`update nemo_private.api_key_hashes set key_hash = ${key_hash} where api_key_id = ${tenant.apiKeyId}`;
  const ask = (request_id: string) =>
    asGateway(
      db,
      "gateway_resolve",
      [{ index: 0, key_hash, template: tenant.templateId, model: "gpt-5" }],
      [{ selector: 0, request_id, prompt_tokens: 1, output_tokens: 1 }],
    );
  const [done, underWay] = [uuidv7(), uuidv7()];
  await ask(done);
  await ask(underWay);
  const { templateId: template_id, testId: test_id } = tenant;
  const finished = {
    request_id: done,
    key_hash,
    template_id,
    version: 1,
    variant: "A",
    test_id,
    test_phase: 1,
    subject: "someone",
  };
  await asGateway(db, "gateway_record", randomUUID(), [
    {
      ...finished,
      model: "gpt-5",
      provider: "platform",
      status: 200,
      prompt_tokens: 1000,
      completion_tokens: 1000,
    },
  ]);
  await asGateway(db, "gateway_feedback", key_hash, { request_id: done, score: 1 });
  await db.sql`update nemo.prompt_rollups set hour = hour - interval '3 days' where organization_id = ${tenant.organizationId}`;
  await db.sql`select nemo_private.gateway_fold()`;
}

it("deleting an organization removes and counts every row of every table, and none of another's", async () => {
  const [tenant, bystander] = [await createFullTenant(db), await createFullTenant(db)];
  await leaveTraffic(tenant);
  const [before, others] = [await rowsOf(tenant.organizationId), await rowsOf(bystander.organizationId)];
  // The tenant has something in every table, so a table left out would show.
  expect(Object.keys(before).filter((table) => before[table] === 0)).toEqual([]);
  expect(Object.keys(READERS)).toEqual(expect.arrayContaining(Object.keys(before)));
  const ids = [tenant.organizationId, tenant.templateId, tenant.apiKeyId, tenant.testId];
  const kept = await rowsThatMention(ids);
  for (const table of ["in_flight", "daily_usage", "key_spending", "credit_balances", "audit_heads"])
    expect(kept).toContain(`nemo_private.${table}`);
  const [deleted] = await db.asUser(
    tenant.people.owner,
    (tx) => tx`select delete_organization(${tenant.organizationId}) as counts`,
  );
  expect(deleted!.counts).toEqual(before);
  expect(new Set(Object.values(await rowsOf(tenant.organizationId)))).toEqual(new Set([0]));
  expect(await rowsOf(bystander.organizationId)).toEqual(others);
  expect(await rowsThatMention(ids)).toEqual([]);
  const secrets = await db.sql`
    select (select count(*)::int from nemo_private.api_key_hashes where api_key_id = ${tenant.apiKeyId}) as keys,
           (select count(*)::int from nemo_private.invitation_tokens where invitation_id = ${tenant.invitationId}) as invitations`;
  expect({ ...secrets[0] }).toEqual({ keys: 0, invitations: 0 });
});
