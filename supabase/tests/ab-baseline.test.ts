import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { abFixture, measure, running } from "./support/ab-fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("the baseline is what the template has measured lately, and how often", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  const hour = (ago: number) => `${new Date(Date.now() - ago * 3_600_000).toISOString().slice(0, 13)}:00Z`;
  await measure(database, id, "A", { requests: 48, errors: 3, quality: [10, 8, 7], hour: hour(48) });
  await measure(database, id, "B", { requests: 48, quality: [10, 9, 8.5], hour: hour(24) });
  await measure(database, id, "B", { requests: 1000, hour: hour(24 * 30) });
  const rows = await database.asUser(f.user, (tx) => tx`select * from nemo.ab_test_baseline(${f.template})`);
  const of = (metric: string) => rows.find((row) => row.metric === metric)!;
  expect(of("quality")).toMatchObject({ n: 20, sum: 17, sum_of_squares: 15.5 });
  expect(of("error_rate")).toMatchObject({ n: 96, sum: 3 });
  expect(of("error_rate").per_day).toBeGreaterThan(46);
  expect(of("error_rate").per_day).toBeLessThanOrEqual(48);
});

test("what was tried in the playground is no traffic to plan with", async () => {
  const f = await abFixture(database, 2);
  const [key] = await database.sql`
    insert into nemo.api_keys (organization_id, name, prefix, purpose)
    values (${f.organization}, 'Playground', 'nemo_sk_inside', 'playground') returning id`;
  const hour = `${new Date().toISOString().slice(0, 13)}:00Z`;
  for (const [api_key_id, requests] of [
    [key!.id, 30],
    [randomUUID(), 7],
  ] as const) {
    await database.sql`
      insert into nemo.prompt_rollups (organization_id, hour, template_id, version, api_key_id, requests)
      values (${f.organization}, ${hour}, ${f.template}, 1, ${api_key_id}, ${requests})`;
  }
  const rows = await database.asUser(f.user, (tx) => tx`select * from nemo.ab_test_baseline(${f.template})`);
  expect(rows.find(({ metric }) => metric === "error_rate")?.n).toBe(7);
});

test("by subject it is sums over those who were named, and how many new ones come", async () => {
  const f = await abFixture(database, 2);
  const log = (subject: string | null, hoursAgo: number, more: { quality?: number; status?: number } = {}) =>
    database.sql`
      insert into nemo.prompt_logs (request_id, organization_id, template_id, status, subject_hash, quality, latency_ms, created_at)
      values (${randomUUID()}, ${f.organization}, ${f.template}, ${more.status ?? 200}, ${subject}, ${more.quality ?? null}, 100,
        now() - ${hoursAgo} * interval '1 hour')`;
  await log("early", 48, { quality: 1 });
  await log("early", 3, { quality: 0.5 });
  await log("also early", 40);
  await log("late", 10, { quality: 1, status: 500 });
  await log("later", 5);
  await log(null, 5, { quality: 0 });
  await log("long ago", 24 * 30, { quality: 0 });
  const rows = await database.asUser(
    f.user,
    (tx) => tx`select * from nemo.ab_test_subject_baseline(${f.template})`,
  );
  const of = (metric: string) => rows.find((row) => row.metric === metric)!;
  expect(of("error_rate").sums).toEqual({
    n: 4,
    sum_x: 5,
    sum_y: 1,
    sum_xx: 7,
    sum_yy: 1,
    sum_xy: 1,
    sum_of_squares: 1,
  });
  expect(of("quality").sums).toMatchObject({ n: 2, sum_x: 3, sum_y: 2.5, sum_of_squares: 2.25 });
  // Two days, and in the second of them two who had not been there before.
  expect(of("error_rate").days_seen).toBeCloseTo(2, 2);
  expect(of("error_rate").new_per_day).toBeCloseTo(2, 2);
});

test("of a template with very many requests one in eight people is enough", async () => {
  const f = await abFixture(database, 1);
  await database.sql`
    insert into nemo.prompt_logs (request_id, organization_id, template_id, status, subject_hash, created_at)
    select gen_random_uuid(), ${f.organization}, ${f.template}, 200, encode(sha256(n::text::bytea), 'hex'), now() - make_interval(mins => n)
    from generate_series(1, 2000) n`;
  const baseline = async () => {
    const rows = await database.asUser(
      f.user,
      (tx) => tx`select * from nemo.ab_test_subject_baseline(${f.template})`,
    );
    return rows.find((row) => row.metric === "error_rate")!;
  };
  const all = await baseline();
  expect(all.sums.n).toBe(2000);
  await database.sql`
    insert into nemo.prompt_rollups (organization_id, template_id, hour, requests)
    values (${f.organization}, ${f.template}, date_trunc('hour', now()), 50000)`;
  const some = await baseline();
  // The hashes of 1 to 2000 are what they are: 253 of them begin with 0 or 1.
  expect(some.sums.n).toBe(253);
  expect(some.new_per_day / all.new_per_day).toBeGreaterThan(0.8);
  expect(some.new_per_day / all.new_per_day).toBeLessThan(1.25);
});

test("by subject nothing is known where nobody was named", async () => {
  const f = await abFixture(database, 1);
  await database.sql`
    insert into nemo.prompt_logs (request_id, organization_id, template_id, status, created_at)
    values (${randomUUID()}, ${f.organization}, ${f.template}, 200, now())`;
  const rows = await database.asUser(
    f.user,
    (tx) => tx`select * from nemo.ab_test_subject_baseline(${f.template})`,
  );
  expect(rows).toHaveLength(0);
});

test("to strangers there is no such template", async () => {
  const f = await abFixture(database, 1);
  const stranger = (await abFixture(database, 1)).user;
  for (const call of ["ab_test_baseline", "ab_test_subject_baseline"]) {
    await expect(
      database.asUser(stranger, (tx) => tx`select * from ${tx(`nemo.${call}`)}(${f.template})`),
    ).rejects.toMatchObject({ code: "NM003" });
  }
});
