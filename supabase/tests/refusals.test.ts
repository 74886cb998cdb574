/** Refusals that no test of their own subject comes upon. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase, type Work } from "../../tests/support/database.ts";
import { createFullTenant, type FullTenant } from "./support/full-tenant.ts";
import { afterCommit } from "./support/locks.ts";
import { createTemplate, recordLint, refusalCode, saveText } from "./support/tenants.ts";

let db: TestDatabase;
let t: FullTenant;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  t = await createFullTenant(db);
});

const asOwner = <T>(work: Work<T>) => db.asUser(t.people.owner, work);
const refused = (statement: string) => refusalCode(asOwner((tx) => tx.unsafe(`select ${statement}`)));
/** The server, acting for somebody. */
const refusedFor = (person: string, statement: string) =>
  refusalCode(
    db.asServiceRole(async (tx) => {
      await tx`select set_config('request.headers', ${JSON.stringify({ "x-nemo-acting-user": person })}, true)`;
      await tx.unsafe(`select ${statement}`);
    }),
  );

it("somebody who has become a member meanwhile cannot accept an invitation any more", async () => {
  await db.sql`update auth.users set email = 'invited@tenant.test' where id = ${t.people.viewer}`;
  const code = await refusalCode(
    db.asUser(t.people.viewer, (tx) => tx`select accept_invitation(${t.invitationToken})`),
  );
  await db.sql`update auth.users set email = ${`${t.people.viewer}@tenant.test`} where id = ${t.people.viewer}`;
  expect(code).toBe("NM033");
});

it("config and contract have at most 64 KiB", async () => {
  const long = JSON.stringify({ stop: "x".repeat(65_536) });
  const messages = `'[{"role": "user", "content": "new"}]'`;
  expect(await refused(`save_version('${t.templateId}', ${messages}, '${long}')`)).toBe("NM011");
});

it("nothing begins or ends at the end of time", async () => {
  expect(await refused(`create_api_key('${t.organizationId}', 'Key', expires_at => 'infinity')`)).toBe(
    "NM015",
  );
  expect(await refused(`create_api_key('${t.organizationId}', 'Key', expires_at => '-infinity')`)).toBe(
    "NM015",
  );
  for (const day of ["infinity", "-infinity"])
    expect(await refused(`set_model_price('${t.organizationId}', 'm', 1, 1, 1, '${day}')`)).toBe("NM015");
});

it("the playground is off while its key is revoked", async () => {
  const open = (tx: Parameters<Work<unknown>>[0]) =>
    tx`select (open_playground(${t.templateId}, repeat('f', 64))).id`;
  const [key] = await db.asServiceRole(open);
  await asOwner((tx) => tx`select revoke_api_key(${key!.id})`);
  expect(await refusalCode(db.asServiceRole(open))).toBe("NM042");
});

it("credit and the platform's prices are the operator's alone, also through a server that acts for an owner", async () => {
  const { owner } = t.people;
  expect(await refusedFor(owner, `grant_credit('${t.organizationId}', 1)`)).toBe("NM002");
  expect(await refused("set_model_price(null, 'm', 1, 1, 1)")).toBe("NM002");
});

it("a test's numbers are within bounds, whoever writes them", async () => {
  const variants = `'[{"version": 1, "weight": 5000}, {"version": 2, "weight": 5000}]'`;
  for (const effect of ["NaN", "Infinity", "0", "11"]) {
    const draft = `create_ab_test('${t.templateId}', 'T', ${variants}, minimum_detectable_effect => '${effect}')`;
    expect(await refused(draft)).toBe("NM015");
    expect(
      await refusalCode(
        db.sql`update nemo.ab_tests set minimum_detectable_effect = ${effect}::double precision where id = ${t.testId}`,
      ),
    ).toBe("23514");
  }
  expect(await refusalCode(db.sql`update nemo.ab_variants set weight = 1 where test_id = ${t.testId}`)).toBe(
    "NM200",
  );
});

it("a completed test gets no new weights, and a deleted template's test no report", async () => {
  for (const version of [1, 2]) await recordLint(db, t.templateId, version);
  await asOwner((tx) => tx`select start_ab_test(${t.testId}), complete_ab_test(${t.testId})`);
  expect(await refused(`set_ab_weights('${t.testId}', '{5000,5000}')`)).toBe("NM201");
  await asOwner((tx) => tx`select delete_template(${t.templateId})`);
  expect(await refused(`ab_test_report('${t.testId}')`)).toBe("NM023");
});

it("a recommendation becomes a variant of its own template's tests alone", async () => {
  const other = await createTemplate(db, t);
  for (const text of ["one", "two"]) await saveText(db, t.people.member, other, text);
  const [test] = await asOwner(
    (tx) =>
      tx`select (create_ab_test(${other}, 'Other', '[{"version": 1, "weight": 5000}, {"version": 2, "weight": 5000}]')).id`,
  );
  const messages = `'[{"role": "system", "content": "three"}]'`;
  expect(
    await refused(`apply_recommendation('${t.recommendationId}', ${messages}, test_id => '${test!.id}')`),
  ).toBe("NM003");
});

it("a recommendation is rebased while it is undecided, and on the newest version", async () => {
  const rebase = (id: string, version: number) =>
    refusedFor(
      t.people.member,
      `rebase_recommendation('${id}', ${version}, repeat('a', 64), '[{"role": "system", "content": "x"}]', '{}')`,
    );
  expect(await rebase(t.staleRecommendationId, 1)).toBe("NM301");
  await asOwner((tx) => tx`select dismiss_recommendation(${t.recommendationId})`);
  expect(await rebase(t.recommendationId, 2)).toBe("NM300");
});

it("of two who remove the same thing at once, the second finds it gone", async () => {
  const twice = (statement: string) => {
    const work = () => asOwner((tx) => tx.unsafe(`select ${statement}`));
    return afterCommit(db, (tx) => tx.unsafe(`select nemo.${statement}`), work);
  };
  expect(await twice(`delete_ab_test('${t.testId}')`)).toBe("NM003");
  expect(await twice(`delete_provider_connection('${t.connectionId}')`)).toBe("NM003");
  const cancel = () => asOwner((tx) => tx`select cancel_recommendations(${t.jobId})`);
  const deletion = `select nemo.delete_organization('${t.organizationId}')`;
  expect(await afterCommit(db, (tx) => tx.unsafe(deletion), cancel)).toBe("NM003");
});
