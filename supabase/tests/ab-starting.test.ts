import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { abFixture, draft, lint, running } from "./support/ab-fixture.ts";
import { code, stateOf, step, variantsOf } from "./support/ab-steps.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("starting is refused", () => {
  test("while another test of the template runs", async () => {
    const f = await abFixture(database, 2);
    await running(f, [5000, 5000]);
    const id = await draft(f, [6000, 4000]);
    await expect(step(f, "start_ab_test", id)).rejects.toEqual(code("NM202"));
    expect((await stateOf(database, id))?.state).toBe("draft");
  });

  test("for all but one of many that start at the same moment", async () => {
    const f = await abFixture(database, 2);
    const ids = await Promise.all(Array.from({ length: 6 }, () => draft(f, [5000, 5000])));
    const results = await Promise.allSettled([...ids, ...ids].map((id) => step(f, "start_ab_test", id)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const states = await Promise.all(ids.map(async (id) => (await stateOf(database, id))?.state));
    expect(states.sort()).toEqual([...Array(5).fill("draft"), "running"]);
    for (const result of results)
      if (result.status === "rejected") expect(["NM201", "NM202"]).toContain(result.reason.code);
  });

  test("while the template is not served", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [5000, 5000]);
    await f.call((tx) => tx`select * from nemo.deactivate_template(${f.template})`);
    await expect(step(f, "start_ab_test", id)).rejects.toEqual(code("NM203"));
    expect((await stateOf(database, id))?.state).toBe("draft");
  });

  test("when a variant's newest lint report has errors, or there is none", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [5000, 5000]);
    await lint(database, f.template, 2, 3);
    await expect(step(f, "start_ab_test", id)).rejects.toEqual(code("NM022"));
    await f.call(
      (tx) =>
        tx`select * from nemo.save_version(${f.template}, ${tx.json([{ role: "system", content: "unlinted" }])})`,
    );
    const other = await f.call<{ id: string }>(
      (tx) =>
        tx`select id from nemo.create_ab_test(${f.template}, 'x', ${tx.json([
          { version: 1, weight: 5000 },
          { version: 3, weight: 5000 },
        ])})`,
    );
    await expect(step(f, "start_ab_test", other.id)).rejects.toEqual(code("NM022"));
    expect((await stateOf(database, id))?.state).toBe("draft");
    await lint(database, f.template, 2, 0);
    await step(f, "start_ab_test", id);
  });

  test("by weights that bring in an unlinted version later, or by the owner's hand", async () => {
    const f = await abFixture(database, 3);
    const id = await draft(f, [4000, 3000, 3000]);
    await lint(database, f.template, 3, 1);
    const weigh = (...weights: number[]) =>
      f.call<{ phase: number }>((tx) => tx`select * from nemo.set_ab_weights(${id}, ${weights})`);
    const byHand = () =>
      database.sql`update nemo.ab_tests set state = 'running', started_at = coalesce(started_at, now()) where id = ${id}`;
    await expect(byHand()).rejects.toEqual(code("NM022"));
    await weigh(5000, 5000, 0);
    await step(f, "start_ab_test", id);
    await expect(weigh(4000, 3000, 3000)).rejects.toEqual(code("NM022"));
    expect(await stateOf(database, id)).toEqual({ state: "running", phase: 1 });
    expect([...(await variantsOf(database, id, 2))]).toEqual([]);
    await step(f, "pause_ab_test", id);
    // A paused test serves nothing; it is asked when it starts again.
    await weigh(4000, 3000, 3000);
    await expect(step(f, "start_ab_test", id)).rejects.toEqual(code("NM022"));
    await lint(database, f.template, 3, 0);
    await step(f, "start_ab_test", id);
    expect((await weigh(3000, 3000, 4000)).phase).toBe(3);
  });

  test("when the template is deleted", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [5000, 5000]);
    await f.call((tx) => tx`select * from nemo.delete_template(${f.template})`);
    await expect(step(f, "start_ab_test", id)).rejects.toEqual(code("NM023"));
  });
});
