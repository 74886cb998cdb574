import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture, measure, running } from "./support/ab-fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const HOUR = "2026-11-23T10:00:00Z";
const timeline = (f: AbFixture, id: string, phase: number | null = null) =>
  database.asUser(f.user, (tx) => tx`select * from nemo.ab_test_timeline(${id}, ${phase})`);

/** A logged request, `seconds` after the hour. */
const log = (
  f: AbFixture,
  id: string,
  variant: string,
  seconds: number,
  more: { status?: number; quality?: number } = {},
) =>
  database.sql`
    insert into nemo.prompt_logs (request_id, organization_id, template_id, test_id, test_phase, variant, status, quality,
      latency_ms, cost_nanousd, prompt_tokens, completion_tokens, created_at)
    values (${randomUUID()}, ${f.organization}, ${f.template}, ${id}, 1, ${variant}, ${more.status ?? 200},
      ${more.quality ?? null}, 100, 7, 3, 2, ${HOUR}::timestamptz + ${seconds} * interval '1 second')`;

test("the first minutes are told in steps of seconds, from logs that are complete", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  await measure(database, id, "A", { requests: 3, errors: 1, hour: HOUR });
  await measure(database, id, "B", { requests: 1, hour: HOUR });
  await log(f, id, "A", 1, { quality: 0.5 });
  await log(f, id, "A", 9, { quality: 1 });
  await log(f, id, "A", 11, { status: 500 });
  await log(f, id, "B", 12);
  const rows = await timeline(f, id);
  expect(
    rows.map((row) => [row.variant, (row.at - Date.parse(HOUR)) / 1000, row.step_seconds, row.n, row.errors]),
  ).toEqual([
    ["A", 0, 10, "2", "0"],
    ["A", 10, 10, "1", "1"],
    ["B", 10, 10, "1", "0"],
  ]);
  expect(rows[0]!.sums).toEqual({
    error_rate: { n: 2, sum: 0, sum_of_squares: 0 },
    quality: { n: 2, sum: 1.5, sum_of_squares: 1.25 },
    cost: { n: 2, sum: 14, sum_of_squares: 98 },
    tokens: { n: 2, sum: 10, sum_of_squares: 50 },
    latency: { n: 2, sum: 200, sum_of_squares: 20_000 },
  });
  expect(rows[0]!.latency_p95_ms).toBeGreaterThan(98);
  expect(rows[0]!.latency_p95_ms).toBeLessThan(102);
  expect(rows[1]!.latency_p95_ms).toBeNull();
});

test("hours come from the rollups when the logs do not hold every request", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  await measure(database, id, "A", { requests: 5, hour: HOUR, quality: [2, 1.5, 1.25] });
  await measure(database, id, "A", { requests: 4, hour: "2026-11-23T11:00:00Z" });
  await log(f, id, "A", 1);
  const rows = await timeline(f, id);
  expect(rows.map((row) => [row.at.toISOString(), row.step_seconds, row.n])).toEqual([
    ["2026-11-23T10:00:00.000Z", 3600, "5"],
    ["2026-11-23T11:00:00.000Z", 3600, "4"],
  ]);
  expect(rows[0]!.sums.quality).toEqual({ n: 2, sum: 1.5, sum_of_squares: 1.25 });
});

test("weeks are told in days, and each phase by itself", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  for (const day of ["01", "09", "15"])
    await measure(database, id, "B", { requests: Number(day), hour: `2026-11-${day}T07:00:00Z` });
  await f.call((tx) => tx`select * from nemo.set_ab_weights(${id}, ${[9000, 1000]})`);
  await measure(database, id, "B", { requests: 2, phase: 2, hour: HOUR });
  expect((await timeline(f, id, 1)).map((row) => [row.step_seconds, row.n])).toEqual([
    [86_400, "1"],
    [86_400, "9"],
    [86_400, "15"],
  ]);
  expect((await timeline(f, id)).map((row) => [row.step_seconds, row.n])).toEqual([[3600, "2"]]);
});

test("a test without requests has an empty timeline, and a stranger none", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  expect(await timeline(f, id)).toHaveLength(0);
  await expect(timeline(await abFixture(database, 1), id)).rejects.toMatchObject({ code: "NM003" });
});
