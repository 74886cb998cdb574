import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { abFixture, measure, running } from "./support/ab-fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const testRow = async (id: string) =>
  (await database.sql`select state, stop_reason from nemo.ab_tests where id = ${id}`)[0];
const stopped = async (id: string) =>
  (
    await database.sql`select letter from nemo.ab_variants where test_id = ${id} and stopped_at is not null order by letter`
  ).map((row) => row.letter);
const systemAudit = async (id: string) =>
  database.sql`select action, actor_kind, actor_id, after from nemo.audit_log where target_id = ${id} and actor_kind = 'system' order by sequence`;

describe("a variant that clearly breaches a guardrail", () => {
  test("is stopped with the write that shows it; with two variants the test pauses, audited as the system's doing", async () => {
    const f = await abFixture(database, 2);
    const id = await running(f, [5000, 5000]);
    await measure(database, id, "A", { requests: 200, errors: 2 });
    expect(await stopped(id)).toEqual([]);
    await measure(database, id, "B", { requests: 200, errors: 80 });
    expect(await stopped(id)).toEqual(["B"]);
    expect(await testRow(id)).toEqual({ state: "paused", stop_reason: "A guardrail stopped B." });
    const audit = await systemAudit(id);
    expect(audit.map((row) => row.action)).toEqual(["test.stopped", "test.paused"]);
    expect(audit[0]).toMatchObject({
      actor_id: null,
      after: {
        variant: "B",
        count: 200,
        measured: 0.4,
        guardrail: { metric: "error_rate", worse_than_control_by: 0.05 },
      },
    });
    const variant = await f.call(
      (tx) => tx`select stopped_for from nemo.ab_variants where test_id = ${id} and letter = 'B'`,
    );
    expect(variant.stopped_for).toMatchObject({
      count: 200,
      measured: 0.4,
      guardrail: { metric: "error_rate" },
    });
    const events =
      await database.sql`select event from realtime.messages where event = 'test.changed' and topic = ${`org:${f.organization}`}`;
    expect(events.length).toBe(4);
  });

  test("leaves the others running when there are enough of them", async () => {
    const f = await abFixture(database, 3);
    const id = await running(f, [3333, 3333, 3334]);
    for (const [letter, errors] of [
      ["A", 2],
      ["B", 3],
      ["C", 90],
    ] as const)
      await measure(database, id, letter, { requests: 200, errors });
    expect(await stopped(id)).toEqual(["C"]);
    expect((await testRow(id))?.state).toBe("running");
  });

  test("and is the control, pauses the test", async () => {
    const f = await abFixture(database, 3);
    const id = await running(f, [3333, 3333, 3334], { guardrails: [{ metric: "error_rate", limit: 0.2 }] });
    await measure(database, id, "A", { requests: 300, errors: 150 });
    expect(await stopped(id)).toEqual(["A"]);
    expect((await testRow(id))?.state).toBe("paused");
  });

  test("cannot be started again in the same phase, but with new weights", async () => {
    const f = await abFixture(database, 2);
    const id = await running(f, [5000, 5000]);
    await measure(database, id, "A", { requests: 200 });
    await measure(database, id, "B", { requests: 200, errors: 100 });
    await expect(f.call((tx) => tx`select * from nemo.start_ab_test(${id})`)).rejects.toMatchObject({
      code: "NM205",
    });
    await f.call((tx) => tx`select * from nemo.set_ab_weights(${id}, ${[9000, 1000]})`);
    await f.call((tx) => tx`select * from nemo.start_ab_test(${id})`);
    expect((await testRow(id))?.state).toBe("running");
  });
});

describe("a variant goes on", () => {
  test.each([
    ["below the least count", { requests: 99, errors: 60 }, undefined],
    ["when the harm may be chance", { requests: 200, errors: 20 }, undefined],
    ["when guardrails are off", { requests: 500, errors: 500 }, []],
  ])("%s", async (_, measured, guardrails) => {
    const f = await abFixture(database, 2);
    const id = await running(f, [5000, 5000], guardrails ? { guardrails } : {});
    await measure(database, id, "A", { requests: 200, errors: 6 });
    await measure(database, id, "B", measured);
    expect(await stopped(id)).toEqual([]);
    expect((await testRow(id))?.state).toBe("running");
  });

  test("after the test is paused: late results stop nothing", async () => {
    const f = await abFixture(database, 2);
    const id = await running(f, [5000, 5000]);
    await f.call((tx) => tx`select * from nemo.pause_ab_test(${id})`);
    await measure(database, id, "A", { requests: 200 });
    await measure(database, id, "B", { requests: 200, errors: 200 });
    expect(await stopped(id)).toEqual([]);
  });
});

describe("each metric can be guarded", () => {
  const spread = (n: number, mean: number) => [n * mean, n * mean * mean * 1.25] as const;
  test.each([
    ["quality below a limit", { metric: "quality", limit: 0.7 }, { quality: [300, 120, 80] }],
    ["cost above a limit", { metric: "cost", limit: 1000 }, { cost: spread(300, 2000) }],
    ["latency above a limit", { metric: "latency", limit: 500 }, { latency: spread(300, 900) }],
    [
      "tokens above a limit",
      { metric: "tokens", limit: 100 },
      { tokens: [30_000, 30_000, 300 * 200 ** 2 * 1.25] },
    ],
    [
      "one request in twenty slower than a limit",
      { metric: "latency_p95", limit: 1000 },
      { histogram: { "150": 240, "200": 60 } },
    ],
    [
      "quality worse than the control",
      { metric: "quality", worse_than_control_by: 0.1 },
      { quality: [300, 120, 80] },
    ],
    ["cost above the control's", { metric: "cost", worse_than_control_by: 0.2 }, { cost: spread(300, 2000) }],
    [
      "latency above the control's",
      { metric: "latency", worse_than_control_by: 0.2 },
      { latency: spread(300, 900) },
    ],
  ] as const)("%s", async (_, guardrail, measured) => {
    const f = await abFixture(database, 2);
    const id = await running(f, [5000, 5000], { guardrails: [guardrail] });
    const fine = {
      quality: [300, 270, 260],
      cost: spread(300, 500),
      latency: spread(300, 400),
      tokens: [9000, 9000, 300 * 60 ** 2 * 1.25],
    } as const;
    await measure(database, id, "A", { requests: 300, histogram: { "150": 300 }, ...fine });
    expect(await stopped(id)).toEqual([]);
    await measure(database, id, "B", { requests: 300, histogram: { "150": 300 }, ...fine, ...measured });
    expect(await stopped(id)).toEqual(["B"]);
  });
});

test("recording goes on when a guardrail cannot be judged", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000], { guardrails: [{ metric: "quality", limit: 0.7 }] });
  // A sum above the count is impossible and takes the logarithm of the evidence out of its range.
  await measure(database, id, "B", { requests: 300, quality: [300, 1e308, 1e308] });
  const [row] = await database.sql`select requests from nemo.prompt_rollups where test_id = ${id}`;
  expect(row).toEqual({ requests: "300" });
});
