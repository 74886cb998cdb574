import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture, draft, lint, running } from "./support/ab-fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

type Step = "start_ab_test" | "pause_ab_test" | "complete_ab_test";
const step = (f: AbFixture, name: Step, id: string) =>
  f.call<{ state: string }>((tx) => tx`select * from ${tx(`nemo.${name}`)}(${id})`);
const stateOf = async (id: string) =>
  (
    await database.sql<
      { state: string; phase: number }[]
    >`select state, phase from nemo.ab_tests where id = ${id}`
  )[0];
const variantsOf = (id: string, phase = 1) =>
  database.sql`select letter, version, weight from nemo.ab_variants where test_id = ${id} and phase = ${phase} order by letter`;
const auditOf = async (id: string) =>
  (
    await database.sql<
      { action: string; actor_kind: string }[]
    >`select action, actor_kind from nemo.audit_log where target_id = ${id} order by sequence`
  ).map((row) => `${row.action} ${row.actor_kind}`);
const code = (value: string) => expect.objectContaining({ code: value });

describe("drafting", () => {
  test("lays variants out as A, B, C in the order given, control first", async () => {
    const f = await abFixture(database);
    const id = await draft(f, [3333, 3333, 3334]);
    expect(await stateOf(id)).toEqual({ state: "draft", phase: 1 });
    expect([...(await variantsOf(id))]).toEqual([
      { letter: "A", version: 1, weight: 3333 },
      { letter: "B", version: 2, weight: 3333 },
      { letter: "C", version: 3, weight: 3334 },
    ]);
    expect(await auditOf(id)).toEqual(["test.created user"]);
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
      await expect(draft({ ...f, call: asPerson(person) }, [5000, 5000])).rejects.toEqual(code(refusal));
      await expect(step({ ...f, call: asPerson(person) }, "start_ab_test", id)).rejects.toEqual(
        code(refusal),
      );
    }
    expect((await stateOf(id))?.state).toBe("draft");
    expect(await database.asUser(stranger, (tx) => tx`select * from nemo.ab_variants`)).toHaveLength(0);
    expect(await database.asUser(viewer, (tx) => tx`select * from nemo.ab_variants`)).toHaveLength(2);
  });
});

describe("the steps draft → running ⇄ paused → completed", () => {
  test("are walked and audited one by one", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [6000, 4000]);
    for (const name of ["start_ab_test", "pause_ab_test", "start_ab_test", "complete_ab_test"] as const)
      await step(f, name, id);
    expect((await stateOf(id))?.state).toBe("completed");
    expect(await auditOf(id)).toEqual(
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
      const audit = await auditOf(id);
      for (const name of refused) await expect(step(f, name, id)).rejects.toEqual(code("NM201"));
      expect((await stateOf(id))?.state).toBe(state);
      expect(await auditOf(id)).toEqual(audit);
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

describe("starting is refused and the draft stays a draft", () => {
  test("while another test of the template runs", async () => {
    const f = await abFixture(database, 2);
    await running(f, [5000, 5000]);
    const id = await draft(f, [6000, 4000]);
    await expect(step(f, "start_ab_test", id)).rejects.toEqual(code("NM202"));
    expect((await stateOf(id))?.state).toBe("draft");
  });

  test("for all but one of many that start at the same moment", async () => {
    const f = await abFixture(database, 2);
    const ids = await Promise.all(Array.from({ length: 6 }, () => draft(f, [5000, 5000])));
    const results = await Promise.allSettled([...ids, ...ids].map((id) => step(f, "start_ab_test", id)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const states = await Promise.all(ids.map(async (id) => (await stateOf(id))?.state));
    expect(states.sort()).toEqual([...Array(5).fill("draft"), "running"]);
    for (const result of results)
      if (result.status === "rejected") expect(["NM201", "NM202"]).toContain(result.reason.code);
  });

  test("while the template is not served", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [5000, 5000]);
    await f.call((tx) => tx`select * from nemo.deactivate_template(${f.template})`);
    await expect(step(f, "start_ab_test", id)).rejects.toEqual(code("NM203"));
    expect((await stateOf(id))?.state).toBe("draft");
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
    expect((await stateOf(id))?.state).toBe("draft");
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

test.each([
  ["deactivate_template", "The template was deactivated."],
  ["delete_template", "The template was deleted."],
])("%s pauses the running test and says so in the audit log", async (name, reason) => {
  const f = await abFixture(database, 2);
  const id = await running(f, [5000, 5000]);
  await f.call((tx) => tx`select * from ${tx(`nemo.${name}`)}(${f.template})`);
  const [row] = await database.sql`select state, stop_reason from nemo.ab_tests where id = ${id}`;
  expect(row).toEqual({ state: "paused", stop_reason: reason });
  expect((await auditOf(id)).at(-1)).toBe("test.paused user");
});

describe("weights", () => {
  const setWeights = (f: AbFixture, id: string, weights: (number | null)[]) =>
    f.call((tx) => tx`select * from nemo.set_ab_weights(${id}, ${weights as number[]})`);

  test("of a draft are replaced, of a running test begin a new phase and leave the old one as it was", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [5000, 5000]);
    await setWeights(f, id, [6000, 4000]);
    expect(await stateOf(id)).toEqual({ state: "draft", phase: 1 });
    await step(f, "start_ab_test", id);
    await setWeights(f, id, [1000, 9000]);
    expect(await stateOf(id)).toEqual({ state: "running", phase: 2 });
    expect((await variantsOf(id, 1)).map((v) => v.weight)).toEqual([6000, 4000]);
    expect((await variantsOf(id, 2)).map((v) => v.weight)).toEqual([1000, 9000]);
    expect((await auditOf(id)).at(-1)).toBe("test.reweighted user");
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
    expect(await stateOf(id)).toEqual({ state: "running", phase: 1 });
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
    expect((await auditOf(id)).slice(-2)).toEqual(["test.completed user", "test.promoted user"]);
    expect((await auditOf(`${f.template}@v2`)).at(-1)).toBe("version.activated user");
  });

  test("is refused, with everything as it was, when the winner fails lint", async () => {
    const f = await abFixture(database, 2);
    const id = await running(f, [5000, 5000]);
    await lint(database, f.template, 2, 1);
    await expect(promote(f, id, "B")).rejects.toEqual(code("NM022"));
    expect((await stateOf(id))?.state).toBe("running");
    expect(await active(f)).toBe(1);
  });

  test("is refused for a draft and for a letter that is not there", async () => {
    const f = await abFixture(database, 2);
    const id = await draft(f, [5000, 5000]);
    await expect(promote(f, id, "B")).rejects.toEqual(code("NM201"));
    await step(f, "start_ab_test", id);
    await expect(promote(f, id, "C")).rejects.toEqual(code("NM207"));
    expect((await stateOf(id))?.state).toBe("running");
  });
});

function asPerson(user: string): AbFixture["call"] {
  return async <T>(work: Parameters<AbFixture["call"]>[0]) =>
    ((await database.asUser(user, work)) as T[])[0]!;
}
