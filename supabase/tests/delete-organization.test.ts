import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { READERS } from "./support/allowed.ts";
import { createFullTenant } from "./support/full-tenant.ts";

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

it("deleting an organization removes and counts every row of every table, and none of another's", async () => {
  const [tenant, bystander] = [await createFullTenant(db), await createFullTenant(db)];
  const [before, others] = [await rowsOf(tenant.organizationId), await rowsOf(bystander.organizationId)];
  // The tenant has something in every table, so a table left out would show.
  expect(Object.keys(before).filter((table) => before[table] === 0)).toEqual([]);
  expect(Object.keys(READERS)).toEqual(expect.arrayContaining(Object.keys(before)));
  const [deleted] = await db.asUser(
    tenant.people.owner,
    (tx) => tx`select delete_organization(${tenant.organizationId}) as counts`,
  );
  expect(deleted!.counts).toEqual(before);
  expect(new Set(Object.values(await rowsOf(tenant.organizationId)))).toEqual(new Set([0]));
  expect(await rowsOf(bystander.organizationId)).toEqual(others);
  const secrets = await db.sql`
    select (select count(*)::int from nemo_private.api_key_hashes where api_key_id = ${tenant.apiKeyId}) as keys,
           (select count(*)::int from nemo_private.invitation_tokens where invitation_id = ${tenant.invitationId}) as invitations`;
  expect({ ...secrets[0] }).toEqual({ keys: 0, invitations: 0 });
});
