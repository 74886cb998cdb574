import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture, draft, lint, running } from "./support/ab-fixture.ts";
import { auditOf, code, stateOf, step, variantsOf } from "./support/ab-steps.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("weights", () => {
  const setWeights = (f: AbFixture, id: string, weights: (number | null)[]) =>
    f.call((tx) => tx`select * from nemo.set_ab_weights(${id}, ${weights as number[]})`);

  test("of a draft are replaced, of a running test begin a new phase and leave the old one as it was", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [5000, 5000]);
    await setWeights(f, id, [6000, 4000]);
    expect(await stateOf(database, id)).toEqual({ state: "draft", phase: 1 });
    await step(f, "start_ab_test", id);
    await setWeights(f, id, [1000, 9000]);
    expect(await stateOf(database, id)).toEqual({ state: "running", phase: 2 });
    expect((await variantsOf(database, id, 1)).map((v) => v.weight)).toEqual([6000, 4000]);
    expect((await variantsOf(database, id, 2)).map((v) => v.weight)).toEqual([1000, 9000]);
    expect((await auditOf(database, id)).at(-1)).toBe("test.reweighted user");
  });

  test.each([
    [[5000, 5001]],
    [[10_000]],
    [[10_000, 0]],
    [[0, 10_000]],
    [[5000, null]],
    [[]],
    [[3000, 3000, 4000]],
  ])("%j do not fit two variants and change nothing", async (weights) => {
    const f = await abFixture(database, 2);
    const id = await running(f, [5000, 5000]);
    await expect(setWeights(f, id, weights)).rejects.toEqual(code("NM200"));
    expect(await stateOf(database, id)).toEqual({ state: "running", phase: 1 });
  });
});

describe("promoting", () => {
  const promote = (f: AbFixture, id: string, letter: string) =>
    f.call<{ promoted_variant: string; state: string }>(
      (tx) => tx`select * from nemo.promote_variant(${id}, ${letter})`,
    );
  const active = async (f: AbFixture) =>
    (await database.sql`select active_version from nemo.prompt_templates where id = ${f.template}`)[0]!
      .active_version;

  test("completes the test and activates the winner by the ordinary activation", async () => {
    const f = await abFixture(database, 2);
    const id = await running(f, [5000, 5000]);
    expect(await promote(f, id, "B")).toMatchObject({ promoted_variant: "B", state: "completed" });
    expect(await active(f)).toBe(2);
    expect((await auditOf(database, id)).slice(-2)).toEqual(["test.completed user", "test.promoted user"]);
    expect((await auditOf(database, `${f.template}@v2`)).at(-1)).toBe("version.activated user");
  });

  test("is refused, with everything as it was, when the winner fails lint", async () => {
    const f = await abFixture(database, 2);
    const id = await running(f, [5000, 5000]);
    await lint(database, f.template, 2, 1);
    await expect(promote(f, id, "B")).rejects.toEqual(code("NM022"));
    expect((await stateOf(database, id))?.state).toBe("running");
    expect(await active(f)).toBe(1);
  });

  test("is refused for a draft and for a letter that is not there", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [5000, 5000]);
    await expect(promote(f, id, "B")).rejects.toEqual(code("NM201"));
    await step(f, "start_ab_test", id);
    await expect(promote(f, id, "C")).rejects.toEqual(code("NM207"));
    expect((await stateOf(database, id))?.state).toBe("running");
  });
});
