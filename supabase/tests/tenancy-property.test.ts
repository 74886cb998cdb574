import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { fc } from "../../tests/support/fast-check.ts";
import { READERS } from "./support/allowed.ts";
import { CALLS } from "./support/calls.ts";
import { createFullTenant, type FullTenant } from "./support/full-tenant.ts";
import { ROLES } from "./support/tenants.ts";
import { leakedInto, tracesOf } from "./support/traces.ts";

/**
 * Random people of three organizations do random things, with their own ids and with each other's. Whatever
 * they are answered, in rows, counts or words of refusal, must not hold a trace of another organization.
 */
let db: TestDatabase;
let tenants: FullTenant[];
let traces: Map<FullTenant, string[]>;

beforeAll(async () => {
  db = await createTestDatabase();
  tenants = [await createFullTenant(db), await createFullTenant(db), await createFullTenant(db)];
  traces = new Map();
  for (const tenant of tenants) traces.set(tenant, await tracesOf(db, tenant));
});
afterAll(() => db.drop());

const tables = Object.keys(READERS);
const columnsThatLead: Record<string, string> = { organizations: "id" };

/** A question a client of the REST API could ask of a table; `%` stands for the id of the tenant asked about. */
const reads = [
  (table: string) => `select to_jsonb(t) from nemo.${table} t`,
  (table: string) => `select count(*) from nemo.${table} t where organization_id = '%'`,
  (table: string) => `select to_jsonb(t) from nemo.${table} t where organization_id = '%' order by 1 limit 3`,
  (table: string) =>
    `select o.name, to_jsonb(t) from nemo.organizations o join nemo.${table} t on t.organization_id = o.id where o.id = '%'`,
  (table: string) =>
    `select to_jsonb(m), to_jsonb(t) from nemo.memberships m left join nemo.${table} t using (organization_id)`,
  (table: string) => `update nemo.${table} t set organization_id = '%' returning to_jsonb(t)`,
  (table: string) => `delete from nemo.${table} t where organization_id = '%' returning to_jsonb(t)`,
] as const;

const operation = fc.oneof(
  fc.record({
    kind: fc.constant("read" as const),
    table: fc.constantFrom(...tables),
    read: fc.constantFrom(...reads),
  }),
  // Organizations and memberships stay as they are, so that what belongs to whom stays known.
  fc.record({
    kind: fc.constant("call" as const),
    name: fc.constantFrom(
      ...Object.keys(CALLS).filter(
        (name) =>
          !/delete_organization|leave_|remove_member|set_member_role|create_organization|accept_/.test(name),
      ),
    ),
  }),
);
const step = fc.record({
  who: fc.integer({ min: 0, max: 2 }),
  role: fc.constantFrom(...ROLES),
  about: fc.integer({ min: 0, max: 2 }),
  operation,
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function statementOf({ about, operation: what }: Step): string {
  const target = tenants[about]!;
  if (what.kind === "call") return `select * from nemo.${CALLS[what.name]!(target)}`;
  const leading = columnsThatLead[what.table] ?? "organization_id";
  return what
    .read(what.table)
    .replaceAll("t.organization_id", `t.${leading}`)
    .replaceAll("%", target.organizationId)
    .replaceAll("where organization_id", `where t.${leading}`);
}

/** All a client would see: rows, or every part of the error. */
async function answerTo(one: Step): Promise<string> {
  try {
    const rows = await db.asUser(tenants[one.who]!.people[one.role], (tx) => tx.unsafe(statementOf(one)));
    return JSON.stringify(rows);
  } catch (error) {
    const { message, hint, detail, code, where } = error as Record<string, string>;
    return JSON.stringify({ message, hint, detail, code, where });
  }
}

it("no answer, count or refusal of thousands holds a trace of another organization", async () => {
  let answered = 0;
  let rowsSeen = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
      for (const one of steps) {
        const statement = statementOf(one);
        const answer = await answerTo(one);
        answered += 1;
        if (answer.includes("organization_id")) rowsSeen += 1;
        for (const [tenant, words] of traces) {
          if (tenant === tenants[one.who]) continue;
          const leaked = leakedInto(answer, statement, words);
          expect({ leaked, one, answer: leaked.length > 0 ? answer : "" }).toMatchObject({ leaked: [] });
        }
        const counted = /"count":"([1-9]\d*)"/.exec(answer);
        if (counted) expect(one.about).toBe(one.who);
      }
    }),
    { numRuns: 250 },
  );
  // The test would also pass if nobody could see anything at all.
  expect(answered).toBeGreaterThan(2000);
  expect(rowsSeen).toBeGreaterThan(200);
});
