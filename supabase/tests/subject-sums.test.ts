import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture, running } from "./support/ab-fixture.ts";
import { asGateway } from "./support/as-gateway.ts";
import { makeKey } from "./support/make-key.ts";

let db: TestDatabase;
let f: AbFixture;
let keyHash: string;
let testId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  f = await abFixture(db, 2);
  keyHash = await makeKey(f);
  testId = await running(f, [5000, 5000], { assignBy: "subject" });
});
afterAll(() => db.drop());

const chance = (share: number) => Math.random() < share;

/** Requests of the test as the gateway records them: of few subjects or of nobody named, some failed, some of unknown price. */
async function serve(count: number, more: object = {}): Promise<string[]> {
  const items = Array.from({ length: count }, () => {
    const failed = chance(0.1);
    return {
      request_id: uuidv7({ msecs: Date.now() - Math.random() * 40 * 3_600_000 }),
      key_hash: keyHash,
      template_id: f.template,
      test_id: testId,
      test_phase: 1,
      // What was served, whatever the assignment meant: a subject can have met both.
      variant: chance(0.5) ? "A" : "B",
      version: 1,
      model: chance(0.8) ? "gpt-4o" : "of-unknown-price",
      provider: "own",
      status: failed ? 502 : chance(0.05) ? 499 : 200,
      error_code: failed ? "upstream_unreachable" : null,
      latency_ms: Math.random() * 1000,
      prompt_tokens: Math.floor(Math.random() * 500),
      completion_tokens: Math.floor(Math.random() * 100),
      ...(chance(0.8) && { subject: `user-${Math.floor(Math.random() * 20)}` }),
      ...more,
    };
  });
  await asGateway(db, "gateway_record", randomUUID(), items);
  return items.map(({ request_id }) => request_id);
}

const rate = (request_id: string, score = Math.random()) =>
  asGateway(db, "gateway_feedback", keyHash, { request_id, score });

const fold = () => asGateway<number>(db, "gateway_fold");

const notes = async () => (await db.sql`select * from nemo_private.subject_notes`).length;

const answer = async () => [
  ...(await db.asUser(f.user, (tx) => tx`select * from nemo.ab_test_subjects(${testId})`)),
];

/** The sums over subjects from the log alone, in one go. */
const recount = async () => [
  ...(await db.sql`
    with requests as (
      select l.test_phase as phase, l.variant, coalesce(l.subject_hash, l.request_id::text) as subject,
        nemo_private.request_failed(l.status, l.error_code)::integer::numeric as failed, l.quality::numeric as quality, l.cost_nanousd::numeric as cost,
        (coalesce(l.prompt_tokens, 0) + coalesce(l.completion_tokens, 0))::numeric as tokens,
        case when l.status < 400 and l.error_code is null then l.latency_ms::numeric end as latency
      from nemo.prompt_logs l where l.test_id = ${testId} and l.variant is not null
    ), measured as (
      select r.phase, r.variant, r.subject, m.metric, m.value from requests r
      cross join lateral (values ('error_rate', r.failed), ('quality', r.quality), ('cost', r.cost), ('tokens', r.tokens), ('latency', r.latency))
        m (metric, value) where m.value is not null
    ), per_subject as (
      select phase, variant, metric, subject, count(*)::numeric as x, sum(value) as y, sum(value * value) as squares
      from measured group by 1, 2, 3, 4
    ), per_metric as (
      select phase, variant, metric, count(*) as n, jsonb_build_object('n', count(*), 'sum_x', sum(x)::double precision,
        'sum_y', sum(y)::double precision, 'sum_xx', sum(x * x)::double precision, 'sum_yy', sum(y * y)::double precision,
        'sum_xy', sum(x * y)::double precision, 'sum_of_squares', sum(squares)::double precision) as sums
      from per_subject group by 1, 2, 3
    )
    select phase, variant, max(n) filter (where metric = 'error_rate') as subjects, jsonb_object_agg(metric, sums) as sums
    from per_metric group by 1, 2 order by 1, 2`),
];

it("the sums are those of the log, to the last digit: before they are added up, after, and with more on top", async () => {
  const served = await serve(400);
  expect(await answer()).toEqual(await recount());
  for (const id of served.slice(0, 100)) await rate(id);
  expect(await answer()).toEqual(await recount());
  expect(await notes()).toBe(500);
  await fold();
  expect(await answer()).toEqual(await recount());
  // Late ones, ratings of what is added up, and a rating that is replaced, all at once.
  const later = await serve(200);
  for (const id of [...served.slice(50, 150), ...later.slice(0, 30), ...later.slice(0, 10)]) await rate(id);
  expect(await answer()).toEqual(await recount());
  await fold();
  expect(await answer()).toEqual(await recount());
  expect(await notes()).toBe(0);
});

it("a request is noted once, however often it is recorded, and one of no test by subject never", async () => {
  const before = await answer();
  const item = {
    request_id: uuidv7(),
    key_hash: keyHash,
    template_id: f.template,
    version: 1,
    model: "gpt-4o",
    provider: "own",
    status: 200,
  };
  const other = await abFixture(db, 2);
  const byRequest = await running(other, [5000, 5000]);
  for (const more of [
    {},
    { test_id: byRequest, test_phase: 1, variant: "A", subject: "user-1" },
    { test_id: testId, test_phase: 1, variant: null },
  ])
    await asGateway(db, "gateway_record", randomUUID(), [{ ...item, request_id: uuidv7(), ...more }]);
  expect(await answer()).toEqual(before);
  const counted = { ...item, test_id: testId, test_phase: 1, variant: "A", subject: "user-1" };
  for (let time = 0; time < 3; time++) await asGateway(db, "gateway_record", randomUUID(), [counted]);
  expect(await answer()).toEqual(await recount());
});

it("how they grew adds up to what they are, and grows in the order in which they came", async () => {
  await fold();
  await serve(50);
  const points = await db.asUser(f.user, (tx) => tx`select * from nemo.ab_test_subject_timeline(${testId})`);
  expect(points.length).toBeGreaterThan(20);
  expect(points[0]!.step_seconds).toBe(3600);
  for (const { variant, subjects, sums } of await answer()) {
    const mine = points.filter((point) => point.variant === variant);
    const total = (name: string) => mine.reduce((sum, point) => sum + point.sums.quality[name], 0);
    expect(mine.reduce((sum, point) => sum + Number(point.subjects), 0)).toBe(Number(subjects));
    for (const [name, value] of Object.entries(sums.quality as Record<string, number>))
      expect(total(name) / value, name).toBeCloseTo(1, 9);
  }
});

it("made anew from the log they are the same", async () => {
  const everything = async () => [
    await answer(),
    [
      // The same number may have another number of zeros at its end.
      ...(await db.sql`
        select variant, subject, last_day, requests, errors, rated, priced, timed, cost, tokens, trim_scale(quality) as quality,
          trim_scale(latency) as latency from nemo_private.subject_sums order by phase, variant, subject`),
    ],
  ];
  await fold();
  const before = await everything();
  await db.sql`select nemo_private.recount_subjects(${testId})`;
  expect(await everything()).toEqual(before);
});

it("two who add up at once count nothing twice, and an organization that somebody holds is left to the next time", async () => {
  await serve(300);
  await Promise.all([fold(), fold(), fold()]);
  expect(await answer()).toEqual(await recount());
  await serve(5);
  await db.sql.begin(async (tx) => {
    await tx`select from nemo.organizations where id = ${f.organization} for update`;
    await fold();
  });
  expect(await notes()).toBe(5);
  await fold();
  expect(await notes()).toBe(0);
});

it("when the log has forgotten a subject, so have the sums, and what was measured stays", async () => {
  const before = await answer();
  await db.sql`update nemo_private.subject_sums set last_day = current_date - 40 where variant = 'A'`;
  await db.sql`select nemo_private.apply_log_retention()`;
  const [left] = await db.sql`select count(*)::int as n from nemo_private.subject_sums where variant = 'A'`;
  expect(left!.n).toBe(0);
  expect(await answer()).toEqual(before);
});

it("under data policy none nothing is noted, and purging forgets who they were", async () => {
  await serve(10);
  const before = await answer();
  await f.call((tx) => tx`select * from nemo.set_data_policy(${f.organization}, 'none')`);
  await serve(10);
  expect(await answer()).toEqual(before);
  await f.call((tx) => tx`select nemo.purge_logs(${f.organization})`);
  expect(await answer()).toEqual(before);
  const traces = await db.sql`
    select subject from nemo_private.subject_sums where organization_id = ${f.organization}
    union all select subject from nemo_private.subject_notes where organization_id = ${f.organization}`;
  expect([...traces]).toEqual([]);
});

it("an organization that is deleted leaves none of it", async () => {
  await f.call((tx) => tx`select * from nemo.set_data_policy(${f.organization}, 'metadata')`);
  await serve(10);
  await fold();
  await serve(10);
  await f.call((tx) => tx`select nemo.delete_organization(${f.organization})`);
  const rows = await db.sql`
    select organization_id from nemo_private.subject_sums union all select organization_id from nemo_private.subject_notes
    union all select organization_id from nemo_private.subject_growth`;
  expect([...rows].filter((row) => row.organization_id === f.organization)).toEqual([]);
});
