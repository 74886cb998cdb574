import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { abFixture, draft, lint, running } from "./support/ab-fixture.ts";
import { code, stateOf, step } from "./support/ab-steps.ts";

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

  test("when the template is deleted", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [5000, 5000]);
    await f.call((tx) => tx`select * from nemo.delete_template(${f.template})`);
    await expect(step(f, "start_ab_test", id)).rejects.toEqual(code("NM023"));
  });
});
