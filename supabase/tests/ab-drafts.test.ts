import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture, draft, running } from "./support/ab-fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

type Change = { name?: string; variants?: unknown; metric?: string; assign?: string; guardrails?: unknown };
const json = (value: unknown) => (value === undefined ? null : database.sql.json(value as never));
const update = (f: AbFixture, id: string, { name, variants, metric, assign, guardrails }: Change) =>
  f.call(
    (tx) => tx`
      select * from nemo.update_ab_test(${id}, name => ${name ?? null}, variants => ${json(variants)},
        primary_metric => ${metric ?? null}, assign_by => ${assign ?? null}, guardrails => ${json(guardrails)})`,
  );
const remove = (f: AbFixture, id: string) => f.call((tx) => tx`select * from nemo.delete_ab_test(${id})`);

/** All that is known of a test, to see that a refusal changed nothing. */
async function everything(id: string) {
  const tests = await database.sql`select * from nemo.ab_tests where id = ${id}`;
  const variants =
    await database.sql`select * from nemo.ab_variants where test_id = ${id} order by phase, letter`;
  const audit =
    await database.sql`select action, after from nemo.audit_log where target_id = ${id} order by sequence`;
  return { test: tests[0], variants: [...variants], audit: [...audit] };
}

describe("a draft", () => {
  test("is changed in what is given, keeps the rest, and both are in the audit log", async () => {
    const f = await abFixture(database, 3);
    const id = await draft(f, [6000, 4000]);
    const variants = [
      { version: 3, weight: 3333 },
      { version: 1, weight: 3333 },
      { version: 2, weight: 3334 },
    ];
    await update(f, id, { name: "another", variants, metric: "cost" });
    const { test: row, variants: laidOut } = await everything(id);
    expect(row).toMatchObject({
      name: "another",
      primary_metric: "cost",
      assign_by: "request",
      state: "draft",
    });
    expect(laidOut.map((v) => [v.letter, v.version, v.weight])).toEqual([
      ["A", 3, 3333],
      ["B", 1, 3333],
      ["C", 2, 3334],
    ]);
    const [entry] = await database.sql`
      select before, after from nemo.audit_log where target_id = ${id} and action = 'test.updated'`;
    expect(entry).toMatchObject({
      before: { name: "a test", primary_metric: "quality", variants: [{ weight: 6000 }, { weight: 4000 }] },
      after: { name: "another", primary_metric: "cost", variants: [{}, {}, { variant: "C", version: 2 }] },
    });
    await f.call((tx) => tx`select * from nemo.start_ab_test(${id})`);
  });

  test.each<[string, Change, string]>([
    [
      "weights one off",
      {
        variants: [
          { version: 1, weight: 6000 },
          { version: 2, weight: 4001 },
        ],
      },
      "NM200",
    ],
    ["one variant", { variants: [{ version: 1, weight: 10_000 }] }, "NM200"],
    ["eleven variants", { variants: Array(11).fill({ version: 1, weight: 909 }) }, "NM200"],
    [
      "a version that is not there",
      {
        variants: [
          { version: 1, weight: 5000 },
          { version: 9, weight: 5000 },
        ],
      },
      "NM024",
    ],
    ["an empty name", { name: "  " }, "NM010"],
    ["an unknown metric", { metric: "beauty" }, "NM014"],
    ["an unknown way of assigning", { assign: "moon" }, "NM014"],
    ["guardrails that are none", { guardrails: [{ metric: "cost" }] }, "NM206"],
  ])("with %s is refused and stays as it was", async (_, change, code) => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [6000, 4000]);
    const before = await everything(id);
    await expect(update(f, id, { name: "changed too", ...change })).rejects.toMatchObject({ code });
    expect(await everything(id)).toEqual(before);
  });

  test("is thrown away with its variants, and what it was stays in the audit log", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [6000, 4000]);
    await remove(f, id);
    expect(await everything(id)).toMatchObject({ test: undefined, variants: [] });
    const [entry] = await database.sql`
      select before from nemo.audit_log where target_id = ${id} and action = 'test.deleted'`;
    expect(entry?.before).toMatchObject({ name: "a test", variants: [{ weight: 6000 }, { weight: 4000 }] });
    await expect(remove(f, id)).rejects.toMatchObject({ code: "NM003" });
  });
});

test.each(["start_ab_test", "pause_ab_test", "complete_ab_test"])(
  "after %s a test is neither changed nor thrown away",
  async (step) => {
    const f = await abFixture(database, 2);
    const id = await running(f, [6000, 4000]);
    if (step !== "start_ab_test") await f.call((tx) => tx`select * from ${tx(`nemo.${step}`)}(${id})`);
    const before = await everything(id);
    await expect(update(f, id, { name: "changed" })).rejects.toMatchObject({ code: "NM204" });
    await expect(remove(f, id)).rejects.toMatchObject({ code: "NM204" });
    expect(await everything(id)).toEqual(before);
  },
);
