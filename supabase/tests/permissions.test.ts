import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { CALLERS, type Caller, READERS, type Reader } from "./support/allowed.ts";
import { CALLS } from "./support/calls.ts";
import { createFullTenant, type FullTenant } from "./support/full-tenant.ts";
import { ROLES } from "./support/tenants.ts";

let db: TestDatabase;
let ours: FullTenant;
let theirs: FullTenant;
beforeAll(async () => {
  db = await createTestDatabase();
  ours = await createFullTenant(db);
  theirs = await createFullTenant(db);
});
afterAll(() => db.drop());

/** Everyone who can knock. A stranger is the owner of another organization. */
const KNOCKERS = ["anon", ...ROLES, "stranger", "server", "gateway"] as const;
type Knocker = (typeof KNOCKERS)[number];

function as<T>(knocker: Knocker, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  if (knocker === "anon") return db.asAnon(work);
  if (knocker === "server") return db.asServiceRole(work);
  // The gateway may set claims of its choice on its connection; they must not help it.
  if (knocker === "gateway")
    return db.asRole("nemo_gateway", { sub: ours.people.owner, role: "authenticated" }, work);
  return db.asUser(knocker === "stranger" ? theirs.people.owner : ours.people[knocker], work);
}

/** The code of the refusal, or "allowed"; nothing it did stays. */
async function attempt(knocker: Knocker, statement: string): Promise<string> {
  try {
    await as(knocker, async (tx) => {
      await tx.unsafe(statement);
      throw new Error("undo");
    });
  } catch (error) {
    return (error as { code?: string }).code ?? "allowed";
  }
  return "impossible";
}

const atLeast = (knocker: Knocker, lowest: Caller | Reader): boolean =>
  (ROLES as readonly string[]).includes(knocker) &&
  (ROLES as readonly string[]).indexOf(knocker) >= (ROLES as readonly string[]).indexOf(lowest);

async function exposed(kind: "tables" | "functions"): Promise<string[]> {
  const rows =
    kind === "tables"
      ? await db.sql`
          select relname as name from pg_class
          where relnamespace = 'nemo'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by 1`
      : await db.sql`select distinct proname as name from pg_proc where pronamespace = 'nemo'::regnamespace order by 1`;
  return rows.map((row) => row.name as string);
}

it("every table and every function has an entry that says who may use it, and no entry is left over", async () => {
  expect(Object.keys(READERS).sort()).toEqual(await exposed("tables"));
  expect(Object.keys(CALLERS).sort()).toEqual(await exposed("functions"));
  expect(Object.keys(CALLS).sort()).toEqual(Object.keys(CALLERS).sort());
});

it("everyone reads exactly the rows the table of permissions says", async () => {
  const read: Record<string, string> = {};
  const allowed: Record<string, string> = {};
  for (const [table, reader] of Object.entries(READERS)) {
    const key = table === "organizations" ? "id" : "organization_id";
    for (const knocker of KNOCKERS) {
      for (const [whose, tenant] of [
        ["own", ours],
        ["other", knocker === "stranger" ? ours : theirs],
      ] as const) {
        // A stranger's "own" rows are seen by that organization's owner, whom the other lines speak for.
        if (knocker === "stranger" && whose === "own") continue;
        const name = `${table}: ${knocker}, ${whose} row`;
        const statement = `select 1 from nemo.${table} where ${key} = '${tenant.organizationId}' limit 1`;
        const seen = await as(knocker, (tx) => tx.unsafe(statement)).catch((error) => error.code as string);
        read[name] = typeof seen === "string" ? seen : `${seen.length} rows`;
        const refused = knocker === "anon" || knocker === "gateway";
        const sees = knocker === "server" || (whose === "own" && atLeast(knocker, reader));
        allowed[name] = refused ? "42501" : sees ? "1 rows" : "0 rows";
      }
    }
  }
  expect(read).toEqual(allowed);
});

it("nobody writes, changes, deletes or truncates a row of any table directly, the service role included", async () => {
  const surprising: string[] = [];
  for (const table of await exposed("tables")) {
    const key = table === "organizations" ? "id" : "organization_id";
    const statements = [
      `insert into nemo.${table} (${key}) values ('${ours.organizationId}')`,
      `insert into nemo.${table} (${key}) values ('${theirs.organizationId}')`,
      `update nemo.${table} set ${key} = ${key} where ${key} = '${ours.organizationId}'`,
      `update nemo.${table} set ${key} = ${key} where ${key} = '${theirs.organizationId}'`,
      `delete from nemo.${table} where ${key} = '${ours.organizationId}'`,
      `delete from nemo.${table} where ${key} = '${theirs.organizationId}'`,
      `truncate nemo.${table}`,
    ];
    for (const knocker of KNOCKERS) {
      for (const statement of statements) {
        const outcome = await attempt(knocker, statement);
        // 42809: a view has no rows of its own to truncate.
        const refused = outcome === "42501" || (statement.startsWith("truncate") && outcome === "42809");
        if (!refused) surprising.push(`${knocker}: ${statement}: ${outcome}`);
      }
    }
  }
  expect(surprising).toEqual([]);
});

it("nobody but the owner reads the private tables, the service role included", async () => {
  const rows = await db.sql`
    select relname from pg_class where relnamespace = 'nemo_private'::regnamespace and relkind in ('r', 'p', 'v', 'm')`;
  expect(rows.length).toBeGreaterThan(3);
  for (const { relname } of rows) {
    for (const knocker of KNOCKERS) {
      expect(`${relname} ${knocker} ${await attempt(knocker, `select from nemo_private.${relname}`)}`).toBe(
        `${relname} ${knocker} 42501`,
      );
    }
  }
});

it("everyone may call exactly the functions the table of permissions says, and strangers find nothing", async () => {
  const outcomes: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const [name, lowest] of Object.entries(CALLERS)) {
    for (const knocker of KNOCKERS) {
      const key = `${name}: ${knocker}`;
      const outcome = await attempt(knocker, `select * from nemo.${CALLS[name]!(ours)}`);
      // Past the permission a call may still be refused for what it asks, such as the last owner's leaving.
      const permission = ["42501", "NM001", "NM002", "NM003"].includes(outcome);
      outcomes[key] = permission ? outcome : "permitted";
      expected[key] = verdict(knocker, lowest, name);
    }
  }
  expect(outcomes).toEqual(expected);
});

/** Functions that act for the person asking, so that the service role must say who that is. */
const NEEDS_A_PERSON = new Set(["accept_invitation", "create_organization", "leave_organization"]);

function verdict(knocker: Knocker, lowest: Caller, name: string): string {
  if (knocker === "anon" || knocker === "gateway") return "42501";
  if (lowest === "server") return knocker === "server" ? "permitted" : "42501";
  if (knocker === "server") {
    if (name === "leave_organization") return "NM003";
    return NEEDS_A_PERSON.has(name) ? "NM001" : "permitted";
  }
  if (lowest === "signed-in") return "permitted";
  if (knocker === "stranger") return "NM003";
  return atLeast(knocker, lowest) ? "permitted" : "NM002";
}
