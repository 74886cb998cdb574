import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createTenant, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
let other: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  [tenant, other] = [await createTenant(db), await createTenant(db)];
});

const DAY = 86_400_000;
// One day for all tests, so that midnight may come while they run.
const NOW = Date.now();
const dayOf = (daysAgo: number) => new Date(NOW - daysAgo * DAY).toISOString().slice(0, 10);
const partitionOf = (daysAgo: number) => `nemo_private.prompt_logs_${dayOf(daysAgo).replaceAll("-", "")}`;
const exists = async (partition: string) =>
  (await db.sql`select to_regclass(${partition}) is not null as yes`)[0]!.yes as boolean;

/** A partition of that day, as it was made when the day began. */
async function partition(daysAgo: number): Promise<string> {
  const name = partitionOf(daysAgo);
  await db.sql.unsafe(`
    create table if not exists ${name} partition of nemo.prompt_logs
    for values from ('${dayOf(daysAgo)} 00:00+00') to ('${dayOf(daysAgo - 1)} 00:00+00')`);
  return name;
}

/** Logs a request of that day, and answers where it is kept. */
async function log({ organizationId }: Tenant, daysAgo: number): Promise<string> {
  const [row] = await db.sql`
    insert into nemo.prompt_logs (request_id, organization_id, status, created_at)
    values (${uuidv7()}, ${organizationId}, 200, ${`${dayOf(daysAgo)}T12:00:00Z`}) returning tableoid::regclass::text as place`;
  return row!.place as string;
}
const kept = async ({ organizationId }: Tenant) =>
  (await db.sql`select from nemo.prompt_logs where organization_id = ${organizationId}`).length;

const keepFor = ({ organizationId, people }: Tenant, days: number) =>
  db.asUser(people.admin, (tx) => tx`select set_data_policy(${organizationId}, 'metadata', ${days})`);
const applyRetention = () => db.sql`select nemo_private.apply_log_retention()`;

it("the log has a partition a day, a week ahead, and takes requests whose clock is far off", async () => {
  // As housekeeping does: the migrations may have run yesterday.
  await db.sql`select nemo_private.ensure_log_partitions()`;
  for (let ahead = -1; ahead <= 7; ahead++) expect(await exists(partitionOf(-ahead)), `${ahead}`).toBe(true);
  expect(await log(tenant, 0)).toBe(partitionOf(0));
  expect(await log(tenant, -400)).toBe("nemo_private.prompt_logs_default");
});

it("each organization's own retention counts, and days that nobody keeps are dropped whole", async () => {
  const [lately, old] = [await partition(45), await partition(90)];
  await keepFor(other, 60);
  for (const one of [tenant, other]) for (const daysAgo of [1, 45, 90]) await log(one, daysAgo);
  await applyRetention();
  expect(await exists(lately)).toBe(true);
  expect(await exists(old)).toBe(false);
  expect(await kept(tenant)).toBe(1);
  expect(await kept(other)).toBe(2);
});

/** Does some work, and logs a request meanwhile, while somebody reads the log as long as a backup does. */
async function whileRead(work: () => PromiseLike<unknown>): Promise<void> {
  const reader = await db.sql.reserve();
  try {
    await reader`begin`;
    await reader`select count(*) from nemo.prompt_logs`;
    await Promise.all([work(), log(tenant, 0)]);
  } finally {
    await reader`rollback`;
    reader.release();
  }
}

it("a day that somebody is reading stays until the next time, and holds up no request", async () => {
  const old = await partition(100);
  await log(tenant, 100);
  await whileRead(applyRetention);
  expect(await exists(old)).toBe(true);
  await applyRetention();
  expect(await exists(old)).toBe(false);
});

it("a day to come is made once nobody reads the log for long, and holds up no request", async () => {
  const coming = partitionOf(-7);
  await db.sql.unsafe(`drop table ${coming}`);
  const ensure = () => db.sql`select nemo_private.ensure_log_partitions()`;
  await whileRead(ensure);
  expect(await exists(coming)).toBe(false);
  await ensure();
  expect(await exists(coming)).toBe(true);
});
