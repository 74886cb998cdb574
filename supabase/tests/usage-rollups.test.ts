import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { expectAllExact, expectExact } from "./support/usage-answers.ts";
import { type UsedOrganization, usedOrganization } from "./support/used-organization.ts";

const DAY = 86_400_000;
let db: TestDatabase;
let used: UsedOrganization;
beforeAll(async () => {
  db = await createTestDatabase();
  used = await usedOrganization(db);
});
afterAll(() => db.drop());

const folded = () =>
  used.db.sql<{ days: number }[]>`
    select count(*)::int as days from nemo_private.daily_usage where organization_id = ${used.team.organization} and grain = 'all'`;

it("every question is answered exactly: before days are added up, after, and with some of them", async () => {
  await expectAllExact(used);
  // With no time to spare one day is added up, of one organization.
  while ((await folded())[0]!.days === 0) await used.db.sql`select nemo_private.fold_usage('0')`;
  expect((await folded())[0]!.days).toBe(1);
  await expectAllExact(used);
  expect(await used.fold()).toBeGreaterThan(8);
  await expectAllExact(used);
  await expectExact(used, "template", {}, "day", new Date(Math.floor(Date.now() / DAY) * DAY - 7 * DAY));
  await expectExact(used, "model", {}, "hour");
});

it("adding up again changes nothing, and there is nothing left to add up", async () => {
  const all = () =>
    used.db
      .sql`select * from nemo_private.daily_usage order by day, grain, template_id, version, variant, api_key_id, model`;
  const before = [...(await all())];
  expect(await used.fold()).toBe(0);
  await used.db.sql`delete from nemo_private.usage_folded`;
  expect(await used.fold()).toBeGreaterThan(8);
  expect([...(await all())]).toEqual(before);
});

it("a late request of a day that is added up counts at once, and after the day is added up again", async () => {
  await used.serve(20, () => 3.5);
  const [stale] = await used.db.sql`select count(*)::int as n from nemo_private.stale_usage`;
  expect(stale!.n).toBe(1);
  await expectAllExact(used, 7);
  expect(await used.fold()).toBe(1);
  expect([...(await used.db.sql`select * from nemo_private.stale_usage`)]).toEqual([]);
  await expectAllExact(used, 7);
});

it("who writes a late request waits for whoever adds that organization's days up, so that neither misses the other", async () => {
  const folding = used.db.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(nemo_private.usage_lock(${used.team.organization}))`;
    const written = used.serve(1, () => 4.5);
    const first = await Promise.race([written, new Promise((resolve) => setTimeout(resolve, 300, "waits"))]);
    expect(first).toBe("waits");
    // Who adds up does not wait, but leaves the organization to the next time.
    expect(await used.fold()).toBe(0);
    return () => written;
  });
  await (await folding)();
  expect(await used.fold()).toBe(1);
  await expectAllExact(used, 7);
});
