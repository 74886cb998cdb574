import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { askFor, claim, finish, makeTemplate } from "./support/recommendation-fixture.ts";
import { createTenant, refusalCode, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

const text = (content: string) => [{ role: "system", content }];

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

it.each([
  ["more than was agreed", 1_000_000, "200000"],
  ["less than nothing", -1_000_000, "0"],
])(
  "a provider that says it used %s is paid no more than was agreed and never takes back",
  async (_, tokens, paid) => {
    const templateId = await makeTemplate(db, tenant, "before");
    const job = (await claim(db, (await askFor(db, tenant, templateId, { maxCost: 200_000 })).id))!;
    const usage = { model: "gpt-4o-mini", prompt_tokens: tokens, cached_tokens: 0, completion_tokens: 0 };
    expect(await finish(db, job, [], usage)).toMatchObject({ cost_nanousd: paid });
    const [charge] =
      await db.sql`select amount_nanousd::text as amount from nemo.credit_ledger where request_id = ${job.id}`;
    expect(charge?.amount ?? "0").toBe(paid === "0" ? "0" : `-${paid}`);
  },
);

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
