import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture, draft, lint } from "./support/ab-fixture.ts";
import { auditOf, code, everythingOf, stateOf, step } from "./support/ab-steps.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Makes a call that must be refused with this code, and looks whether anything at all has changed. */
async function refused(f: AbFixture, refusal: string, call: () => Promise<unknown>): Promise<void> {
  const before = await everythingOf(database, f);
  await expect(call()).rejects.toEqual(code(refusal));
  expect(await everythingOf(database, f)).toEqual(before);
}
const create = (f: AbFixture, variants: readonly { version: number; weight: number }[]) =>
  f.call((tx) => tx`select * from nemo.create_ab_test(${f.template}, 'bad', ${tx.json([...variants])})`);
const halves = (second: number) => [
  { version: 1, weight: 5000 },
  { version: second, weight: 5000 },
];

test.each([4999, 5001])("weights off by one (5000 and %i) are refused and change nothing", async (weight) => {
  const f = await abFixture(database, 2);
  await refused(f, "NM200", () => create(f, [...halves(2).slice(0, 1), { version: 2, weight }]));
  const id = await draft(f, [5000, 5000]);
  await refused(f, "NM200", () =>
    f.call((tx) => tx`select * from nemo.set_ab_weights(${id}, ${[5000, weight]})`),
  );
});

test("one variant is refused and changes nothing", async () => {
  const f = await abFixture(database, 1);
  await refused(f, "NM200", () => create(f, [{ version: 1, weight: 10_000 }]));
});

test("a version that is not there is refused and changes nothing", async () => {
  const f = await abFixture(database, 2);
  await refused(f, "NM024", () => create(f, halves(9)));
});

test("versions of a deleted template are refused and nothing changes", async () => {
  const f = await abFixture(database, 2);
  const id = await draft(f, [5000, 5000]);
  await f.call((tx) => tx`select * from nemo.delete_template(${f.template})`);
  await refused(f, "NM023", () => create(f, halves(2)));
  await refused(f, "NM023", () => step(f, "start_ab_test", id));
});

test("a version of another template cannot be named, whoever owns it", async () => {
  const f = await abFixture(database, 1);
  await abFixture(database, 3);
  await refused(f, "NM024", () => create(f, halves(2)));
});

test("a test of a template that is not served is not started, and nothing changes", async () => {
  const f = await abFixture(database, 2);
  const id = await draft(f, [5000, 5000]);
  await f.call((tx) => tx`select * from nemo.deactivate_template(${f.template})`);
  await refused(f, "NM203", () => step(f, "start_ab_test", id));
});

test("of two starts at once one is refused, and leaves only what the other did", async () => {
  const f = await abFixture(database, 2);
  const ids = [await draft(f, [5000, 5000]), await draft(f, [6000, 4000])];
  const results = await Promise.allSettled(ids.map((id) => step(f, "start_ab_test", id)));
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const loser = results.findIndex(({ status }) => status === "rejected");
  expect((results[loser] as PromiseRejectedResult).reason).toEqual(code("NM202"));
  expect(await auditOf(database, ids[loser]!)).toEqual(["test.created user"]);
  expect(await stateOf(database, ids[loser]!)).toEqual({ state: "draft", phase: 1 });
  await refused(f, "NM202", () => step(f, "start_ab_test", ids[loser]!));
});

test("a variant whose lint fails is not started, and nothing changes", async () => {
  const f = await abFixture(database, 2);
  const id = await draft(f, [5000, 5000]);
  await lint(database, f.template, 2, 1);
  await refused(f, "NM022", () => step(f, "start_ab_test", id));
});
