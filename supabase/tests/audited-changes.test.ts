import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { CALLERS } from "./support/allowed.ts";
import { CALLS } from "./support/calls.ts";
import { createFullTenant, type FullTenant } from "./support/full-tenant.ts";
import { recordLint } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: FullTenant;
let tables: string[];
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createFullTenant(db);
  for (const version of [1, 2]) await recordLint(db, tenant.templateId, version);
  const rows = await db.sql`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace::regnamespace::text in ('nemo', 'nemo_private') and c.relkind in ('r', 'p') and not c.relispartition`;
  tables = rows.map((row) => row.name as string);
});
afterAll(() => db.drop());

/** What the server keeps of its own work; each of these tables is itself a record of what happened. */
const OWN_RECORDS = new Set([
  "nemo.access_denials",
  "nemo.lint_reports",
  "nemo.recommendation_jobs",
  "nemo_private.access_denial_origins",
  "nemo_private.provider_tickets",
  "nemo_private.work_tickets",
]);

async function contents(tx: TransactionSql): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  for (const name of tables) {
    const [row] = await tx.unsafe(
      `select md5(string_agg(t::text, ',' order by t::text)) as sum from ${name} t`,
    );
    sums.set(name, row!.sum as string);
  }
  return sums;
}

/** Which tables a call changes, for whoever may make it; nothing of it stays. A refused call changes none. */
async function changedBy(name: string): Promise<string[]> {
  const role = CALLERS[name] === "server" ? "service_role" : "authenticated";
  let changed: string[] = [];
  await db
    .asRole(role, { sub: tenant.people.owner, role }, async (tx) => {
      await tx.unsafe("set local role supabase_admin");
      const before = await contents(tx);
      await tx.unsafe(`set local role ${role}`);
      await tx.savepoint((call) => call.unsafe(`select * from nemo.${CALLS[name]!(tenant)}`)).catch(() => {});
      await tx.unsafe("set local role supabase_admin");
      const after = await contents(tx);
      changed = tables.filter((table) => before.get(table) !== after.get(table));
      throw new Error("undo");
    })
    .catch((error) => {
      if (error.message !== "undo") throw error;
    });
  return changed;
}

it("every call that changes something writes an audit entry with it", async () => {
  const unaudited: string[] = [];
  let changing = 0;
  for (const name of Object.keys(CALLERS)) {
    const changed = await changedBy(name);
    if (changed.length > 0) changing += 1;
    const others = changed.filter((table) => !OWN_RECORDS.has(table));
    if (others.length > 0 && !changed.includes("nemo.audit_log")) unaudited.push(`${name}: ${others.join()}`);
  }
  expect(unaudited).toEqual([]);
  expect(changing).toBeGreaterThan(40);
});
