import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { abFixture, draft, running } from "./support/ab-fixture.ts";
import { auditOf, code, type Step, stateOf, step } from "./support/ab-steps.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("the steps draft → running ⇄ paused → completed", () => {
  test("are walked and audited one by one", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [6000, 4000]);
    for (const name of ["start_ab_test", "pause_ab_test", "start_ab_test", "complete_ab_test"] as const)
      await step(f, name, id);
    expect((await stateOf(database, id))?.state).toBe("completed");
    expect(await auditOf(database, id)).toEqual(
      ["created", "started", "paused", "started", "completed"].map((verb) => `test.${verb} user`),
    );
  });

  test.each([
    ["draft", [], ["pause_ab_test", "complete_ab_test"]],
    ["running", ["start_ab_test"], ["start_ab_test"]],
    ["paused", ["start_ab_test", "pause_ab_test"], ["pause_ab_test"]],
    [
      "completed",
      ["start_ab_test", "complete_ab_test"],
      ["start_ab_test", "pause_ab_test", "complete_ab_test"],
    ],
  ] as [string, Step[], Step[]][])(
    "from %s, other steps are refused and nothing changes",
    async (state, before, refused) => {
      const f = await abFixture(database, 2);
      const id = await draft(f, [6000, 4000]);
      for (const name of before) await step(f, name, id);
      const audit = await auditOf(database, id);
      for (const name of refused) await expect(step(f, name, id)).rejects.toEqual(code("NM201"));
      expect((await stateOf(database, id))?.state).toBe(state);
      expect(await auditOf(database, id)).toEqual(audit);
    },
  );

  test("hold against the database's owner as well", async () => {
    const f = await abFixture(database, 2);
    const id = await running(f, [6000, 4000]);
    await expect(
      database.sql`update nemo.ab_tests set state = 'draft', started_at = null where id = ${id}`,
    ).rejects.toEqual(code("NM201"));
    await expect(
      database.sql`update nemo.ab_tests set assign_by = 'subject' where id = ${id}`,
    ).rejects.toEqual(code("NM204"));
    await expect(
      database.sql`update nemo.ab_variants set weight = 5000 where test_id = ${id}`,
    ).rejects.toEqual(code("NM204"));
    await expect(
      database.sql`update nemo.ab_variants set version = 2 where test_id = ${id} and letter = 'A'`,
    ).rejects.toEqual(code("NM204"));
    await expect(database.sql`delete from nemo.ab_variants where test_id = ${id}`).rejects.toEqual(
      code("NM204"),
    );
  });

  test("no client writes the rows itself", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [6000, 4000]);
    await expect(
      f.call((tx) => tx`update nemo.ab_tests set state = 'running' where id = ${id} returning id`),
    ).rejects.toEqual(code("42501"));
    await expect(
      database.asServiceRole((tx) => tx`delete from nemo.ab_variants where test_id = ${id}`),
    ).rejects.toEqual(code("42501"));
  });

  test("tell open dashboards, with ids only", async () => {
    const f = await abFixture(database, 2);
    const id = await running(f, [6000, 4000]);
    const messages = await database.sql`
      select payload, topic, private from realtime.messages
      where event = 'test.changed' and topic = ${`org:${f.organization}`}`;
    expect(messages).toHaveLength(2);
    expect(messages[0]).toMatchObject({ private: true, payload: { test_id: id, template_id: f.template } });
  });
});

test.each([
  ["deactivate_template", "The template was deactivated."],
  ["delete_template", "The template was deleted."],
])("%s pauses the running test and says so in the audit log", async (name, reason) => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  await f.call((tx) => tx`select * from ${tx(`nemo.${name}`)}(${f.template})`);
  const [row] = await database.sql`select state, stop_reason from nemo.ab_tests where id = ${id}`;
  expect(row).toEqual({ state: "paused", stop_reason: reason });
  expect((await auditOf(database, id)).at(-1)).toBe("test.paused user");
});
