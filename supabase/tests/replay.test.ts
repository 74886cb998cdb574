import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture } from "./support/ab-fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const save = (f: AbFixture, examples: unknown, set = "usual") =>
  database.asUser(
    f.user,
    (tx) => tx`select * from nemo.save_example_set(${f.template}, ${set}, ${tx.json(examples as never)})`,
  );
const full = (f: AbFixture) =>
  database.sql`update nemo.organizations set data_policy = 'full' where id = ${f.organization}`;
const cases = (user: string, f: AbFixture) =>
  database.asUser(user, (tx) => tx`select * from nemo.replay_cases(${f.template})`);

async function someone(f: AbFixture, role: string): Promise<string> {
  const user = await database.createUser(`${role}-${randomUUID()}@tests.nemo.test`);
  await database.sql`insert into nemo.memberships (organization_id, user_id, role) values (${f.organization}, ${user}, ${role})`;
  return user;
}

describe("a set of examples", () => {
  test("is replaced as a whole, other sets stay, and an empty one removes it", async () => {
    const f = await abFixture(database, 1);
    await save(f, [{ variables: { a: 1 } }, { name: "second", variables: {} }]);
    await save(f, [{ variables: { b: 1 } }], "hard");
    await save(f, [{ name: "only", variables: { a: 2 } }]);
    const rows = () =>
      database.asUser(
        f.user,
        (tx) => tx`select set_name, name, variables from nemo.prompt_examples order by set_name`,
      );
    expect([...(await rows())]).toEqual([
      { set_name: "hard", name: "", variables: { b: 1 } },
      { set_name: "usual", name: "only", variables: { a: 2 } },
    ]);
    await save(f, [], "hard");
    expect(await rows()).toHaveLength(1);
  });

  test.each([
    ["not a list", {}],
    ["a number", [1]],
    ["no variables", [{ name: "x" }]],
    ["a list for variables", [{ variables: [] }]],
    ["too large", [{ variables: { a: "x".repeat(263_000) } }]],
  ])("that is %s is refused, and the old one stays", async (_, examples) => {
    const f = await abFixture(database, 1);
    await save(f, [{ variables: {} }]);
    await expect(save(f, examples)).rejects.toMatchObject({ code: "NM208" });
    expect(
      await database.sql`select 1 from nemo.prompt_examples where template_id = ${f.template}`,
    ).toHaveLength(1);
  });
});

const log = (
  f: AbFixture,
  status = 200,
  endpoint = "chat.completions",
  said: object | null = [{ role: "user", content: "Hello" }],
) =>
  database.sql`
    insert into nemo.prompt_logs (request_id, organization_id, template_id, version, status, endpoint, variables,
      rendered_messages, client_messages, created_at)
    values (${randomUUID()}, ${f.organization}, ${f.template}, 1, ${status}, ${endpoint}, '{"name": "a value"}',
      '[{"role": "system", "content": "Version 1."}]', ${said && database.sql.json(said as never)}, clock_timestamp())`;

describe("logged requests", () => {
  test("are replayed by admins, under policy full alone", async () => {
    const f = await abFixture(database, 1);
    await expect(cases(f.user, f)).rejects.toMatchObject({ code: "NM209" });
    await full(f);
    await log(f);
    await log(f, 500);
    expect((await cases(f.user, f)).map((row) => [row.variables, row.client_messages])).toEqual([
      [{ name: "a value" }, [{ role: "user", content: "Hello" }]],
    ]);
    await expect(cases(await someone(f, "member"), f)).rejects.toMatchObject({ code: "NM002" });
    await expect(cases((await abFixture(database, 1)).user, f)).rejects.toMatchObject({ code: "NM003" });
    await database.sql`update nemo.organizations set data_policy = 'metadata' where id = ${f.organization}`;
    await expect(cases(f.user, f)).rejects.toMatchObject({ code: "NM209" });
  });
});

test("a request to /responses is replayed when all that was said is kept, else it says why not", async () => {
  const f = await abFixture(database, 1);
  await full(f);
  await log(f, 200, "responses");
  await log(f, 200, "responses", null);
  await log(f, 200, "chat.completions", null);
  expect((await cases(f.user, f)).map((row) => [row.endpoint, row.obstacle])).toEqual([
    ["chat.completions", null],
    ["responses", "earlier_answer"],
    ["responses", null],
  ]);
});

describe("starting a replay", () => {
  const start = (user: string, f: AbFixture, source: string, versions = [1, 2]) =>
    database.asUser(
      user,
      (tx) => tx`select nemo.start_replay(${f.template}, ${versions}, ${source}, 10, 270000)`,
    );

  test("is audited with the cost that was shown", async () => {
    const f = await abFixture(database, 2);
    await start(await someone(f, "member"), f, "examples");
    const [entry] =
      await database.sql`select after from nemo.audit_log where action = 'replay.started' and template_id = ${f.template}`;
    expect(entry?.after).toEqual({
      versions: [1, 2],
      source: "examples",
      cases: 10,
      estimated_cost_nanousd: 270_000,
    });
  });

  test("is refused when it is expected to cost more than the credit that is left, and nothing is written down", async () => {
    const f = await abFixture(database, 2);
    const cost = (total: number, fromCredit: number | null = null) =>
      database.asUser(
        f.user,
        (tx) => tx`select nemo.start_replay(${f.template}, ${[1]}, 'examples', 1, ${total}, ${fromCredit})`,
      );
    const fiveDollars = 5_000_000_000;
    await expect(cost(fiveDollars + 1)).rejects.toMatchObject({ code: "NM210" });
    await expect(cost(fiveDollars * 2, fiveDollars + 1)).rejects.toMatchObject({ code: "NM210" });
    expect(
      await database.sql`select 1 from nemo.audit_log where action = 'replay.started' and template_id = ${f.template}`,
    ).toHaveLength(0);
    await cost(fiveDollars);
    // What one's own provider bills needs no credit.
    await cost(fiveDollars * 2, 0);
  });

  test("over logs needs an admin and policy full; of versions that do not exist it is refused", async () => {
    const f = await abFixture(database, 2);
    await expect(start(f.user, f, "logs")).rejects.toMatchObject({ code: "NM209" });
    await full(f);
    await start(f.user, f, "logs");
    await expect(start(await someone(f, "member"), f, "logs")).rejects.toMatchObject({ code: "NM002" });
    await expect(start(await someone(f, "viewer"), f, "examples")).rejects.toMatchObject({ code: "NM002" });
    await expect(start(f.user, f, "examples", [1, 7])).rejects.toMatchObject({ code: "NM024" });
    await expect(start(f.user, f, "examples", [])).rejects.toMatchObject({ code: "NM015" });
    await expect(start(f.user, f, "guesses")).rejects.toMatchObject({ code: "NM014" });
  });
});

test("what a replay did cost is the sum over its receipts, of this organization alone", async () => {
  const f = await abFixture(database, 1);
  const logged = async (organization: string, cost: number | null) => {
    const [row] = await database.sql<{ request_id: string }[]>`
      insert into nemo.prompt_logs (request_id, organization_id, template_id, status, cost_nanousd, created_at)
      select i.id, ${organization}, ${f.template}, 200, ${cost}, nemo_private.uuid_time(i.id)
      from (select ${uuid7()}::uuid as id) i returning request_id`;
    return row!.request_id;
  };
  const ids = [
    await logged(f.organization, 700),
    await logged(f.organization, 300),
    await logged(f.organization, null),
    await logged((await abFixture(database, 1)).organization, 90_000),
  ];
  // Under policy none nothing is logged, and the charge tells.
  const charged = uuid7();
  await database.sql`
    insert into nemo.credit_ledger (organization_id, kind, amount_nanousd, request_id) values (${f.organization}, 'charge', -50, ${charged})`;
  const cost = (user: string) =>
    database.asUser(
      user,
      (tx) => tx`select * from nemo.replay_cost(${f.template}, ${[...ids, charged, uuid7()]})`,
    );
  expect((await cost(await someone(f, "viewer")))[0]).toEqual({
    requests: "4",
    unpriced: "1",
    cost_nanousd: "1050",
  });
  await expect(cost((await abFixture(database, 1)).user)).rejects.toMatchObject({ code: "NM003" });
});

function uuid7(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
