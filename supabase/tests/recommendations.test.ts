import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  askFor,
  auditOf,
  claim,
  decide,
  finish,
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

it("accepting into a draft replaces its variant B, but a running test keeps its own", async () => {
  const templateId = await activeTemplate(db, tenant, "one", "two");
  const test = await db.asUser(tenant.people.member, async (tx) => {
    const variants = tx.json([
      { version: 1, weight: 5000 },
      { version: 2, weight: 5000 },
    ]);
    return (await tx`select (create_ab_test(${templateId}, 'draft', ${variants})).id`)[0]!.id as string;
  });
  const id = await makeRecommendation(db, tenant, templateId, { version: 2, proposed: text("three") });
  await decide(db, tenant.people.member, "apply_recommendation", id, { test_id: test });
  const variants = await db.sql`select version from nemo.ab_variants where test_id = ${test} order by letter`;
  expect(variants.map((variant) => variant.version)).toEqual([1, 3]);
  await recordLint(db, templateId, 3);
  await db.asUser(tenant.people.member, (tx) => tx`select start_ab_test(${test})`);
  const late = await makeRecommendation(db, tenant, templateId, { version: 3, proposed: text("four") });
  const refused = decide(db, tenant.people.member, "apply_recommendation", late, { test_id: test });
  expect(await refusalCode(refused)).toBe("NM302");
  expect((await stateOf(late)).state).toBe("open");
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

it("asking twice, or with the same key, is one job", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const [first, second] = await Promise.all([askFor(db, tenant, templateId), askFor(db, tenant, templateId)]);
  expect(second.id).toBe(first.id);
  const other = await askFor(db, tenant, templateId, { kinds: ["tokens", "clarity"], key: "k-1" });
  expect(other.kinds).toEqual(["clarity", "tokens"]);
  expect((await askFor(db, tenant, templateId, { kinds: ["rules"], key: "k-1" })).id).toBe(other.id);
  expect((await auditOf(db, first.id)).map((entry) => entry.action)).toEqual(["recommendation.requested"]);
});

it("two workers never hold the same job", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const job = await askFor(db, tenant, templateId);
  const claims = await Promise.all([claim(db, job.id), claim(db, job.id), claim(db, job.id)]);
  expect(claims.filter(Boolean)).toHaveLength(1);
});

it("a finished job stores all it made with diffs, charges once, and cannot be finished again", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const job = (await claim(db, (await askFor(db, tenant, templateId, { key: "charge" })).id))!;
  const usage = { model: "gpt-4o-mini", prompt_tokens: 1000, cached_tokens: 0, completion_tokens: 100 };
  const done = await finish(db, job, [text("after"), null], usage);
  expect(done).toMatchObject({
    state: "succeeded",
    made: 2,
    progress: 100,
    cost_nanousd: "210000",
    model: "gpt-4o-mini",
  });
  const made =
    await db.sql`select proposed_messages, diff, job_id from nemo.prompt_recommendations where job_id = ${job.id} order by kind`;
  expect(made[0]?.diff.hunks[0].lines).toContain("+after");
  expect([made[1]?.proposed_messages, made[1]?.diff]).toEqual([null, null]);
  const ledger =
    await db.sql`select amount_nanousd, model from nemo.credit_ledger where request_id = ${job.id}`;
  expect([...ledger]).toEqual([{ amount_nanousd: "-210000", model: "gpt-4o-mini" }]);
  expect(await refusalCode(finish(db, job, [text("again")], usage))).toBe("NM306");
});

it("the same suggestion for the same version is made once", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const first = (await claim(db, (await askFor(db, tenant, templateId)).id))!;
  expect((await finish(db, first, [text("after")])).made).toBe(1);
  const second = (await claim(db, (await askFor(db, tenant, templateId)).id))!;
  expect((await finish(db, second, [text("after")])).made).toBe(0);
});

it("a job whose answer is not a prompt stores nothing and charges nothing", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const job = (await claim(db, (await askFor(db, tenant, templateId)).id))!;
  const usage = { model: "gpt-4o-mini", prompt_tokens: 1000, cached_tokens: 0, completion_tokens: 100 };
  const bad = [text("fine"), [{ role: "robot", content: "x" }]];
  expect(await refusalCode(finish(db, job, bad, usage))).toBe("NM018");
  const [left] = await db.sql`
    select (select count(*)::int from nemo.prompt_recommendations where job_id = ${job.id}) as made,
           (select count(*)::int from nemo.credit_ledger where request_id = ${job.id}) as charges`;
  expect(left).toEqual({ made: 0, charges: 0 });
});

it("a failed job waits longer each time, and after five attempts is dead with its reason and no charge", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const { id } = await askFor(db, tenant, templateId);
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 5; attempt++) {
    await db.sql`update nemo.recommendation_jobs set run_after = now() where id = ${id}`;
    const job = (await claim(db, id))!;
    const [row] = await db.asServiceRole(
      (tx) =>
        tx`select *, extract(epoch from run_after - now())::int as wait from fail_recommendation_job(${id}, ${job.lease}, 'upstream_unreachable', 'It did not answer.')`,
    );
    if (attempt < 5) waits.push(row!.wait);
    else
      expect(row).toMatchObject({
        state: "dead",
        reason: "It did not answer.",
        error_code: "upstream_unreachable",
      });
  }
  expect(waits).toEqual([10, 20, 40, 80]);
  expect(await claim(db, id)).toBeNull();
  expect((await db.sql`select from nemo.credit_ledger where request_id = ${id}`).length).toBe(0);
});

it("a lost worker's job is taken over, and the lost worker can no longer write", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const { id } = await askFor(db, tenant, templateId);
  const lost = (await claim(db, id))!;
  expect(await claim(db, id)).toBeNull();
  await db.sql`update nemo.recommendation_jobs set leased_until = now() - interval '1 second' where id = ${id}`;
  const heir = (await claim(db, id))!;
  expect(heir.attempts).toBe(2);
  expect(await refusalCode(finish(db, lost, [text("after")]))).toBe("NM306");
  const renew = (lease: string) =>
    db.asServiceRole(
      async (tx) =>
        (await tx`select renew_recommendation_job(${id}, ${lease}, 40, 'judging') as held`)[0]!
          .held as boolean,
    );
  expect([await renew(lost.lease!), await renew(heir.lease!)]).toEqual([false, true]);
});

it("a waiting job is cancelled at once, a running one at its next step, and neither is kept or charged", async () => {
  const templateId = await makeTemplate(db, tenant, "before");
  const cancel = (id: string) =>
    db.asUser(
      tenant.people.member,
      async (tx) => (await tx`select * from cancel_recommendations(${id})`)[0]!,
    );
  const waiting = await askFor(db, tenant, templateId);
  expect((await cancel(waiting.id)).state).toBe("cancelled");
  expect(await refusalCode(cancel(waiting.id))).toBe("NM305");
  const running = (await claim(db, (await askFor(db, tenant, templateId)).id))!;
  expect(await cancel(running.id)).toMatchObject({ state: "running", cancel_requested: true, lease: null });
  const usage = { model: "gpt-4o-mini", prompt_tokens: 10, cached_tokens: 0, completion_tokens: 1 };
  expect(await finish(db, running, [text("after")], usage)).toMatchObject({
    state: "cancelled",
    cost_nanousd: null,
  });
  expect(
    (await db.sql`select from nemo.prompt_recommendations where template_id = ${templateId}`).length,
  ).toBe(0);
  expect((await db.sql`select from nemo.credit_ledger where request_id = ${running.id}`).length).toBe(0);
});

it("an organization has at most twenty jobs waiting", async () => {
  const busy = await createTenant(db);
  const templateId = await makeTemplate(db, busy, "before");
  for (let index = 0; index < 20; index++) await askFor(db, busy, templateId, { key: `busy-${index}` });
  expect(await refusalCode(askFor(db, busy, templateId, { key: "busy-20" }))).toBe("NM304");
});

it.each([
  ["an unknown kind", "'{magic}'", "'[]'", "0", "NM014"],
  ["no kind", "'{}'", "'[]'", "0", "NM014"],
  ["inputs that are no objects", "'{rules}'", "'[1]'", "0", "NM019"],
  ["inputs that are no list", "'{rules}'", "'{}'", "0", "NM019"],
  ["too many inputs", "'{rules}'", "'[{},{},{},{},{},{}]'", "0", "NM019"],
  ["a negative cost", "'{rules}'", "'[]'", "-1", "NM015"],
])("%s is refused", async (_, kinds, inputs, cost, code) => {
  const templateId = await makeTemplate(db, tenant, "before");
  const ask = db.asUser(tenant.people.member, (tx) =>
    tx.unsafe(`select request_recommendations($1, null, ${kinds}, ${inputs}, ${cost})`, [templateId]),
  );
  expect(await refusalCode(ask)).toBe(code);
});

it("people cannot work the queue", async () => {
  for (const call of [
    "claim_recommendation_job()",
    "fail_recommendation_job(null, null, 'x', 'x')",
    "finish_recommendation_job(null, null, '', '[]')",
  ])
    expect(await refusalCode(db.asUser(tenant.people.owner, (tx) => tx.unsafe(`select ${call}`)))).toBe(
      "42501",
    );
});
