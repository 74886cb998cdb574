import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  auditOf,
  decide,
  makeRecommendation,
  makeTemplate,
  type Recommendation,
} from "./support/recommendation-fixture.ts";
import {
  activeTemplate,
  createTenant,
  recordLint,
  refusal,
  refusalCode,
  saveText,
  type Tenant,
} from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

const text = (content: string) => [{ role: "system", content }];
const stateOf = async (id: string) =>
  (await db.sql<Recommendation[]>`select * from nemo.prompt_recommendations where id = ${id}`)[0]!;

it("accepting makes a new version that is not active, and says who and why", async () => {
  const templateId = await activeTemplate(db, tenant, "before");
  const id = await makeRecommendation(db, tenant, templateId, { proposed: text("after") });
  const accepted = await decide(db, tenant.people.member, "apply_recommendation", id, { note: "shorter" });
  expect(accepted).toMatchObject({
    state: "accepted",
    resulting_version: 2,
    decided_by: tenant.people.member,
    decision_note: "shorter",
    test_id: null,
  });
  const [template] =
    await db.sql`select active_version, latest_version from nemo.prompt_templates where id = ${templateId}`;
  expect(template).toEqual({ active_version: 1, latest_version: 2 });
  const [version] =
    await db.sql`select messages, note from nemo.prompt_versions where template_id = ${templateId} and version = 2`;
  expect(version).toEqual({ messages: text("after"), note: "shorter" });
  expect(await auditOf(db, id)).toMatchObject([
    {
      action: "recommendation.accepted",
      actor_id: tenant.people.member,
      after: { note: "shorter", resulting_version: 2 },
    },
  ]);
});

it("accepting with another text is edited, and the audit says so", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const id = await makeRecommendation(db, tenant, templateId, { proposed: text("after") });
  const edited = await decide(db, tenant.people.member, "apply_recommendation", id, {
    messages: text("mine"),
  });
  expect([edited.state, edited.resulting_version]).toEqual(["edited", 2]);
  expect((await auditOf(db, id)).map((entry) => entry.action)).toEqual(["recommendation.edited"]);
});

it("accepting as a test drafts one with the new version as variant B, started by nobody", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const id = await makeRecommendation(db, tenant, templateId, { proposed: text("after") });
  const accepted = await decide(db, tenant.people.member, "apply_recommendation", id, { as_test: true });
  const [test] = await db.sql`select state from nemo.ab_tests where id = ${accepted.test_id}`;
  const variants =
    await db.sql`select letter, version, weight from nemo.ab_variants where test_id = ${accepted.test_id} order by letter`;
  expect(test?.state).toBe("draft");
  expect([...variants]).toEqual([
    { letter: "A", version: 1, weight: 5000 },
    { letter: "B", version: 2, weight: 5000 },
  ]);
});

/** Drafts a test of that many variants, of versions 1 and 2 in turn. */
const draftOf = (templateId: string, weights: number[]) =>
  db.asUser(tenant.people.member, async (tx) => {
    const variants = tx.json(weights.map((weight, index) => ({ version: 1 + (index % 2), weight })));
    return (await tx`select (create_ab_test(${templateId}, 'draft', ${variants})).id`)[0]!.id as string;
  });

const variantsOf = async (test: string) =>
  (
    await db.sql`select letter, version, weight from nemo.ab_variants where test_id = ${test} order by letter`
  ).map(({ letter, version, weight }) => [letter, version, weight]);

it("accepting into a draft adds its next variant with even weights, but a running test keeps its own", async () => {
  const templateId = await activeTemplate(db, tenant, "one", "two");
  const test = await draftOf(templateId, [9000, 1000]);
  const id = await makeRecommendation(db, tenant, templateId, { version: 2, proposed: text("three") });
  const accepted = await decide(db, tenant.people.member, "apply_recommendation", id, { test_id: test });
  expect(accepted.test_id).toBe(test);
  expect(await variantsOf(test)).toEqual([
    ["A", 1, 3333],
    ["B", 2, 3333],
    ["C", 3, 3334],
  ]);
  const [entry] = await db.sql`
    select before, after from nemo.audit_log where target_id = ${test} and action = 'test.updated'`;
  expect(entry!.before).toHaveLength(2);
  expect(entry!.after.at(-1)).toEqual({ variant: "C", version: 3, weight: 3334 });
  await recordLint(db, templateId, 3);
  await db.asUser(tenant.people.member, (tx) => tx`select start_ab_test(${test})`);
  const late = await makeRecommendation(db, tenant, templateId, { version: 3, proposed: text("four") });
  const refused = decide(db, tenant.people.member, "apply_recommendation", late, { test_id: test });
  expect(await refusalCode(refused)).toBe("NM302");
  expect((await stateOf(late)).state).toBe("open");
});

it("a draft of ten variants takes no other, and nothing is saved", async () => {
  const templateId = await activeTemplate(db, tenant, "one", "two");
  const test = await draftOf(templateId, Array(10).fill(1000));
  const before = await variantsOf(test);
  const id = await makeRecommendation(db, tenant, templateId, { version: 2, proposed: text("three") });
  const refused = decide(db, tenant.people.member, "apply_recommendation", id, { test_id: test });
  expect(await refusalCode(refused)).toBe("NM200");
  expect(await variantsOf(test)).toEqual(before);
  expect((await stateOf(id)).state).toBe("open");
  const [template] = await db.sql`select latest_version from nemo.prompt_templates where id = ${templateId}`;
  expect(template!.latest_version).toBe(2);
});

it("a recommendation is decided once, whoever comes second", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const id = await makeRecommendation(db, tenant, templateId, { proposed: text("after") });
  const both = await Promise.allSettled([
    decide(db, tenant.people.member, "apply_recommendation", id),
    decide(db, tenant.people.admin, "dismiss_recommendation", id, { note: "no" }),
  ]);
  expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  const rejected = both.find((one) => one.status === "rejected") as PromiseRejectedResult;
  expect(rejected.reason.code).toBe("NM300");
  expect(await auditOf(db, id)).toHaveLength(1);
  const change = db.sql`update nemo.prompt_recommendations set state = 'open', decided_at = null, resulting_version = null where id = ${id}`;
  expect(await refusalCode(change)).toBe("NM300");
});

it("what was suggested cannot be changed behind the back of whoever decides", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const id = await makeRecommendation(db, tenant, templateId, { proposed: text("after") });
  const change = db.sql`update nemo.prompt_recommendations set title = 'Another' where id = ${id}`;
  expect(await refusalCode(change)).toBe("NM050");
});

it("a newer version supersedes open recommendations and leaves decided ones", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const open = await makeRecommendation(db, tenant, templateId, { proposed: text("after") });
  const dismissed = await makeRecommendation(db, tenant, templateId, { proposed: text("other") });
  await decide(db, tenant.people.member, "dismiss_recommendation", dismissed, { note: "worse" });
  await saveText(db, tenant.people.admin, templateId, "somebody else's");
  expect(await stateOf(open)).toMatchObject({
    state: "superseded",
    decided_by: null,
    decision_note: "Version 2 was saved.",
  });
  expect(await stateOf(dismissed)).toMatchObject({ state: "dismissed", decision_note: "worse" });
  expect((await auditOf(db, open)).map((entry) => entry.action)).toEqual(["recommendation.superseded"]);
  expect(await refusalCode(decide(db, tenant.people.member, "apply_recommendation", open))).toBe("NM300");
});

it("a recommendation made for an old version names the newer one and is not applied", async () => {
  const templateId = await makeTemplate(db, tenant, "one");
  await saveText(db, tenant.people.member, templateId, "two");
  const id = await makeRecommendation(db, tenant, templateId, { version: 1, proposed: text("after") });
  const refused = await refusal(decide(db, tenant.people.member, "apply_recommendation", id));
  expect([refused.code, JSON.parse(refused.detail)]).toEqual(["NM301", { latest_version: 2 }]);
  expect((await stateOf(id)).state).toBe("open");
});

it("advice without a rewrite needs a text from whoever accepts it", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const id = await makeRecommendation(db, tenant, templateId, { proposed: null });
  expect(await refusalCode(decide(db, tenant.people.member, "apply_recommendation", id))).toBe("NM303");
  const edited = await decide(db, tenant.people.member, "apply_recommendation", id, {
    messages: text("after"),
  });
  expect(edited.state).toBe("edited");
});

it("viewers and strangers decide nothing, and strangers learn nothing", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const id = await makeRecommendation(db, tenant, templateId, { proposed: text("after") });
  const stranger = await createTenant(db);
  for (const name of ["apply_recommendation", "dismiss_recommendation"] as const) {
    expect(await refusalCode(decide(db, tenant.people.viewer, name, id))).toBe("NM002");
    expect(await refusalCode(decide(db, stranger.people.owner, name, id))).toBe("NM003");
  }
  expect((await stateOf(id)).state).toBe("open");
});

it("a completed test puts what it measured beside what was predicted", async () => {
  const templateId = await activeTemplate(db, tenant, "before");
  const id = await makeRecommendation(db, tenant, templateId, { proposed: text("after") });
  const { test_id } = await decide(db, tenant.people.member, "apply_recommendation", id, { as_test: true });
  await recordLint(db, templateId, 2);
  await db.sql`update nemo.ab_tests set state = 'running', started_at = now() where id = ${test_id}`;
  for (const [variant, quality] of [
    ["A", 50],
    ["B", 60],
  ] as const)
    await db.sql`
      insert into nemo.prompt_rollups (organization_id, template_id, hour, version, test_id, test_phase, variant, requests, quality_count, quality_sum, quality_squared)
      values (${tenant.organizationId}, ${templateId}, date_trunc('hour', now()), ${variant === "A" ? 1 : 2}, ${test_id}, 1, ${variant}, 100, 100, ${quality}, ${quality})`;
  await db.sql`update nemo.ab_tests set state = 'completed', completed_at = now() where id = ${test_id}`;
  const [lift] = await db.asUser(
    tenant.people.viewer,
    (tx) => tx`select * from recommendation_lift where recommendation_id = ${id}`,
  );
  expect(lift?.predicted_effect).toEqual({ label: "estimate" });
  expect(lift?.realised_effect.quality).toMatchObject({
    control_n: 100,
    variant_n: 100,
    control_mean: 0.5,
    variant_mean: 0.6,
  });
  // Welch by hand: sqrt(0.25/99 + 0.24/99) = 0.07035, times 1.96.
  expect(lift?.realised_effect.quality.difference).toBeCloseTo(0.1, 6);
  expect(lift?.realised_effect.quality.low).toBeCloseTo(-0.0379, 3);
  expect(lift?.realised_effect.quality.high).toBeCloseTo(0.2379, 3);
});
