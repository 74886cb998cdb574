import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { abFixture, draft } from "./support/ab-fixture.ts";
import { asPerson, auditOf, code, stateOf, step, variantsOf } from "./support/ab-steps.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("drafting", () => {
  test("lays variants out as A, B, C in the order given, control first", async () => {
    const f = await abFixture(database);
    const id = await draft(f, [3333, 3333, 3334]);
    expect(await stateOf(database, id)).toEqual({ state: "draft", phase: 1 });
    expect([...(await variantsOf(database, id))]).toEqual([
      { letter: "A", version: 1, weight: 3333 },
      { letter: "B", version: 2, weight: 3333 },
      { letter: "C", version: 3, weight: 3334 },
    ]);
    expect(await auditOf(database, id)).toEqual(["test.created user"]);
  });

  test.each([
    ["one variant", [{ version: 1, weight: 10_000 }]],
    ["eleven variants", Array.from({ length: 11 }, (_, i) => ({ version: 1, weight: i ? 900 : 1000 }))],
    [
      "weights one below",
      [
        { version: 1, weight: 5999 },
        { version: 2, weight: 4000 },
      ],
    ],
    [
      "weights one above",
      [
        { version: 1, weight: 6001 },
        { version: 2, weight: 4000 },
      ],
    ],
    [
      "percents",
      [
        { version: 1, weight: 60 },
        { version: 2, weight: 40 },
      ],
    ],
    [
      "a weight of zero",
      [
        { version: 1, weight: 10_000 },
        { version: 2, weight: 0 },
      ],
    ],
    [
      "a negative weight",
      [
        { version: 1, weight: 11_000 },
        { version: 2, weight: -1000 },
      ],
    ],
    [
      "a fraction",
      [
        { version: 1, weight: 5000.5 },
        { version: 2, weight: 4999.5 },
      ],
    ],
    ["weights without versions", [{ weight: 5000 }, { weight: 5000 }]],
    ["numbers", [1, 2]],
    ["an object", { A: 5000, B: 5000 }],
    ["nothing", null],
  ])("refuses %s with NM200 and leaves nothing behind", async (_, variants) => {
    const f = await abFixture(database, 2);
    const drafting = f.call(
      (tx) => tx`select * from nemo.create_ab_test(${f.template}, 'bad', ${tx.json(variants as never)})`,
    );
    await expect(drafting).rejects.toEqual(code("NM200"));
    expect(await database.sql`select id from nemo.ab_tests where template_id = ${f.template}`).toHaveLength(
      0,
    );
  });

  test("refuses a version that does not exist", async () => {
    const f = await abFixture(database, 2);
    const variants = [
      { version: 1, weight: 5000 },
      { version: 9, weight: 5000 },
    ];
    const drafting = f.call(
      (tx) => tx`select * from nemo.create_ab_test(${f.template}, 'bad', ${tx.json(variants)})`,
    );
    await expect(drafting).rejects.toEqual(code("NM024"));
  });

  test.each([
    ["an unknown metric", [{ metric: "beauty", limit: 1 }]],
    ["no bound", [{ metric: "cost" }]],
    ["two bounds", [{ metric: "cost", limit: 1, worse_than_control_by: 1 }]],
    ["a rate above 1", [{ metric: "error_rate", limit: 5 }]],
    ["an unknown word", [{ metric: "cost", limit: 1, colour: "red" }]],
    ["a huge count", [{ metric: "cost", limit: 1, min_count: 1e30 }]],
    ["something else", "none"],
  ])("refuses guardrails with %s", async (_, guardrails) => {
    const f = await abFixture(database, 2);
    await expect(draft(f, [5000, 5000], { guardrails: guardrails as never })).rejects.toEqual(code("NM206"));
  });

  test("guards the error rate unless it is told not to", async () => {
    const f = await abFixture(database, 2);
    const guardrails = async (id: string) =>
      (await database.sql`select guardrails from nemo.ab_tests where id = ${id}`)[0]!.guardrails;
    expect(await guardrails(await draft(f, [5000, 5000]))).toEqual([
      { metric: "error_rate", worse_than_control_by: 0.05, min_count: 100 },
    ]);
    expect(await guardrails(await draft(f, [5000, 5000], { guardrails: [] }))).toEqual([]);
  });

  test("a viewer may not, and to a stranger the template does not exist", async () => {
    const f = await abFixture(database, 2);
    const viewer = await database.createUser(`viewer-${randomUUID()}@tests.nemo.test`);
    await database.sql`insert into nemo.memberships (organization_id, user_id, role) values (${f.organization}, ${viewer}, 'viewer')`;
    const stranger = (await abFixture(database, 1)).user;
    const id = await draft(f, [5000, 5000]);
    for (const [person, refusal] of [
      [viewer, "NM002"],
      [stranger, "NM003"],
    ] as const) {
      await expect(draft(asPerson(database, f, person), [5000, 5000])).rejects.toEqual(code(refusal));
      await expect(step(asPerson(database, f, person), "start_ab_test", id)).rejects.toEqual(code(refusal));
    }
    expect((await stateOf(database, id))?.state).toBe("draft");
    expect(await database.asUser(stranger, (tx) => tx`select * from nemo.ab_variants`)).toHaveLength(0);
    expect(await database.asUser(viewer, (tx) => tx`select * from nemo.ab_variants`)).toHaveLength(2);
  });
});
