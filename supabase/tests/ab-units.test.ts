import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture, measure, running } from "./support/ab-fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Writes log rows of a test: who asked, which variant was served, and what came of it. */
async function log(
  f: AbFixture,
  test: string,
  rows: { subject?: string; variant: string; phase?: number; quality?: number; status?: number }[],
): Promise<void> {
  for (const row of rows) {
    await database.sql`
      insert into nemo.prompt_logs (request_id, organization_id, template_id, test_id, test_phase, variant, status, subject_hash, quality, created_at)
      values (${randomUUID()}, ${f.organization}, ${f.template}, ${test}, ${row.phase ?? 1}, ${row.variant}, ${row.status ?? 200},
        ${row.subject ?? null}, ${row.quality ?? null}, clock_timestamp())`;
  }
}

test("requests of one subject are one unit; a request that names nobody is its own", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000], { assignBy: "subject" });
  await log(f, id, [
    { subject: "subject-1", variant: "A", quality: 1 },
    { subject: "subject-1", variant: "A", quality: 0.5, status: 500 },
    { subject: "subject-2", variant: "A", quality: 0 },
    { variant: "A" },
    { variant: "A" },
    { subject: "subject-3", variant: "B", quality: 1 },
  ]);
  const rows = await database.asUser(f.user, (tx) => tx`select * from nemo.ab_test_subjects(${id})`);
  expect(rows.map((row) => [row.phase, row.variant, row.subjects])).toEqual([
    [1, "A", "4"],
    [1, "B", "1"],
  ]);
  expect(rows[0]!.sums.quality).toEqual({ n: 2, sum_x: 3, sum_y: 1.5, sum_xx: 5, sum_yy: 2.25, sum_xy: 3 });
  expect(rows[0]!.sums.error_rate).toEqual({ n: 4, sum_x: 5, sum_y: 1, sum_xx: 7, sum_yy: 1, sum_xy: 2 });
});

test("a new phase counts its subjects afresh", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000], { assignBy: "subject" });
  await log(f, id, [{ subject: "subject-1", variant: "A" }]);
  await f.call((tx) => tx`select * from nemo.set_ab_weights(${id}, ${[9000, 1000]})`);
  await log(f, id, [
    { subject: "subject-1", variant: "A", phase: 2 },
    // Decided before the weights changed, answered after: it belongs to the phase that decided.
    { subject: "subject-2", variant: "A", phase: 1 },
  ]);
  const rows = await database.asUser(
    f.user,
    (tx) => tx`select phase, subjects from nemo.ab_test_subjects(${id})`,
  );
  expect(rows.map((row) => [row.phase, row.subjects])).toEqual([
    [1, "2"],
    [2, "1"],
  ]);
});

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

test("strangers get neither", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  const stranger = (await abFixture(database, 1)).user;
  await expect(
    database.asUser(stranger, (tx) => tx`select * from nemo.ab_test_subjects(${id})`),
  ).rejects.toMatchObject({ code: "NM003" });
  await expect(
    database.asUser(stranger, (tx) => tx`select * from nemo.ab_test_baseline(${f.template})`),
  ).rejects.toMatchObject({ code: "NM003" });
});
