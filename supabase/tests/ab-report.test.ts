import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture, measure, running } from "./support/ab-fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const report = (f: AbFixture, id: string) =>
  database.asUser(f.user, (tx) => tx`select * from nemo.ab_test_report(${id})`);

test("every variant is in the report before its first request, with nothing known", async () => {
  const f = await abFixture(database, 2);
  const rows = await report(f, await running(f, [6000, 4000]));
  expect(rows.map((row) => [row.phase, row.variant, row.version, row.weight, row.n])).toEqual([
    [1, "A", 1, 6000, "0"],
    [1, "B", 2, 4000, "0"],
  ]);
  expect(rows[0]).toMatchObject({ cost_nanousd: null, latency_p95_ms: null, quality_mean: null, sums: {} });
});

test("hours, keys and models add up per variant; quantiles are within 2 %", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [6000, 4000]);
  // 1.04^118 is 102.3 ms and 1.04^176 is 994.6 ms.
  const histogram = { "118": 90, "176": 10 };
  await measure(database, id, "A", {
    requests: 60,
    errors: 2,
    cost: [600, 6100],
    tokens: [4000, 2000, 610_000],
    latency: [6000, 640_000],
    quality: [3, 2, 1.5],
    histogram,
  });
  await measure(database, id, "A", {
    requests: 40,
    unpriced: 40,
    quality: [1, 1, 1],
    hour: "2026-11-23T11:00Z",
    histogram,
  });
  const [a] = await report(f, id);
  expect(a).toMatchObject({
    n: "100",
    errors: "2",
    cost_nanousd: "600",
    cost_mean_nanousd: 10,
    unpriced: "40",
    tokens: "6000",
    tokens_mean: 60,
    quality_n: "4",
    quality_mean: 0.75,
    sums: {
      cost: { n: 60, sum: 600, sum_of_squares: 6100 },
      quality: { n: 4, sum: 3, sum_of_squares: 2.5 },
      error_rate: { n: 100, sum: 2, sum_of_squares: 2 },
    },
    latency_histogram: [
      [118, 180],
      [176, 20],
    ],
  });
  expect(a!.latency_mean_ms).toBeCloseTo(6000 / 58, 10);
  expect(a!.latency_p50_ms / 1.04 ** 117.5).toBeCloseTo(1, 2);
  expect(a!.latency_p95_ms / 1.04 ** 175.5).toBeCloseTo(1, 2);
});

test("the cost of requests without a price is unknown, not nothing", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  await measure(database, id, "A", { requests: 5, unpriced: 5 });
  await measure(database, id, "B", { requests: 5 });
  const [a, b] = await report(f, id);
  expect([a!.cost_nanousd, a!.cost_mean_nanousd]).toEqual([null, null]);
  expect([b!.cost_nanousd, b!.cost_mean_nanousd]).toEqual(["0", 0]);
});

test("phases are reported apart", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  await measure(database, id, "B", { requests: 7 });
  await f.call((tx) => tx`select * from nemo.set_ab_weights(${id}, ${[9000, 1000]})`);
  await measure(database, id, "B", { requests: 3, phase: 2 });
  const rows = await report(f, id);
  expect(rows.map((row) => [row.phase, row.variant, row.weight, row.n])).toEqual([
    [1, "A", 5000, "0"],
    [1, "B", 5000, "7"],
    [2, "A", 9000, "0"],
    [2, "B", 1000, "3"],
  ]);
});

test("what was served counts, not what was meant: a split that is off shows in the report", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  await measure(database, id, "A", { requests: 900 });
  await measure(database, id, "B", { requests: 100 });
  const rows = await report(f, id);
  expect(rows.map((row) => [row.weight, row.n])).toEqual([
    [5000, "900"],
    [5000, "100"],
  ]);
});

test("a stranger gets the same answer for someone else's test as for none, and nobody reads without a session", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  const stranger = await abFixture(database, 1);
  const refusal = async (test: string) =>
    report(stranger, test).catch((error) => [error.code, error.message]);
  expect(await refusal(id)).toEqual(["NM003", "There is no such A/B test."]);
  expect(await refusal(crypto.randomUUID())).toEqual(await refusal(id));
  await expect(database.asAnon((tx) => tx`select * from nemo.ab_test_report(${id})`)).rejects.toMatchObject({
    code: "42501",
  });
});

test("every write to a test's results is announced with its ids, and no other write", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  await measure(database, id, "A", { requests: 1 });
  await measure(database, id, "A", { requests: 1 });
  await database.sql`insert into nemo.prompt_rollups (organization_id, hour, requests) values (${f.organization}, now(), 1)`;
  const events = await database.sql`
    select payload from realtime.messages where event = 'test.measured' and topic = ${`org:${f.organization}`}`;
  expect(events.map((event) => event.payload)).toEqual([
    expect.objectContaining({ test_id: id, template_id: f.template }),
    expect.objectContaining({ test_id: id, template_id: f.template }),
  ]);
});
