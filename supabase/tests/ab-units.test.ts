import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture, measure, running } from "./support/ab-fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Writes log rows of a test: who asked, which variant was served, and what came of it; and has them counted. */
async function log(
  f: AbFixture,
  test: string,
  rows: {
    subject?: string;
    variant: string;
    phase?: number;
    quality?: number;
    status?: number;
    seconds?: number;
  }[],
): Promise<void> {
  for (const row of rows) {
    await database.sql`
      insert into nemo.prompt_logs (request_id, organization_id, template_id, test_id, test_phase, variant, status, subject_hash, quality, created_at)
      values (${randomUUID()}, ${f.organization}, ${f.template}, ${test}, ${row.phase ?? 1}, ${row.variant}, ${row.status ?? 200},
        ${row.subject ?? null}, ${row.quality ?? null}, clock_timestamp() + ${row.seconds ?? 0} * interval '1 second')`;
  }
  await database.sql`select nemo_private.recount_subjects(${test})`;
}

/** The rollup of the hour, from which is known that something was measured and when. */
const counted = (id: string, variant: string, requests: number) =>
  measure(database, id, variant, { requests, hour: `${new Date().toISOString().slice(0, 13)}:00Z` });

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
  expect(rows[0]!.sums.quality).toEqual({
    n: 2,
    sum_x: 3,
    sum_y: 1.5,
    sum_xx: 5,
    sum_yy: 2.25,
    sum_xy: 3,
    sum_of_squares: 1.25,
  });
  expect(rows[0]!.sums.error_rate).toEqual({
    n: 4,
    sum_x: 5,
    sum_y: 1,
    sum_xx: 7,
    sum_yy: 1,
    sum_xy: 2,
    sum_of_squares: 1,
  });
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

test("what each span added to the sums adds up to the sums of now, moment for moment", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000], { assignBy: "subject" });
  const early = [
    { subject: "subject-1", variant: "A", quality: 1 },
    { subject: "subject-2", variant: "A", quality: 0.25 },
    { subject: "subject-3", variant: "B", quality: 0.75 },
    { subject: "subject-4", variant: "A" },
  ];
  const late = [
    { subject: "subject-1", variant: "A", quality: 0.5 },
    { subject: "subject-1", variant: "A", quality: 0 },
    { subject: "subject-4", variant: "A", quality: 1 },
    { variant: "B", quality: 1 },
  ].map((row) => ({ ...row, seconds: 300 }));
  const subjects = async () =>
    (await database.asUser(f.user, (tx) => tx`select * from nemo.ab_test_subjects(${id})`)).map((row) => [
      row.variant,
      Number(row.subjects),
      row.sums.quality,
    ]);
  const timeline = () =>
    database.asUser(f.user, (tx) => tx`select * from nemo.ab_test_subject_timeline(${id})`);
  await counted(id, "A", 3);
  await counted(id, "B", 1);
  await log(f, id, early);
  const then = await subjects();
  await log(f, id, late);
  const rows = await timeline();
  const at = (upTo: number) =>
    ["A", "B"].map((variant) => {
      const mine = rows.filter((row) => row.variant === variant && row.at <= rows[0]!.at.getTime() + upTo);
      const sums: Record<string, number> = {};
      for (const row of mine)
        for (const [name, value] of Object.entries(row.sums.quality as object))
          sums[name] = (sums[name] ?? 0) + value;
      return [variant, mine.reduce((sum, row) => sum + Number(row.subjects), 0), sums];
    });
  expect(rows[0]!.step_seconds).toBe(10);
  expect(at(60_000)).toEqual(then);
  expect(at(600_000)).toEqual(await subjects());
});

test("strangers get neither", async () => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  const stranger = (await abFixture(database, 1)).user;
  await expect(
    database.asUser(stranger, (tx) => tx`select * from nemo.ab_test_subjects(${id})`),
  ).rejects.toMatchObject({ code: "NM003" });
  await expect(
    database.asUser(stranger, (tx) => tx`select * from nemo.ab_test_subject_timeline(${id})`),
  ).rejects.toMatchObject({ code: "NM003" });
});
