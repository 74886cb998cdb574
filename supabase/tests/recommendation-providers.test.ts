import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { askFor, claim, finish, type Job, makeTemplate } from "./support/recommendation-fixture.ts";
import { createTenant, refusalCode, type Tenant } from "./support/tenants.ts";

/*
 * The worker gets the sealed key of an organization's own provider from the database, by the gateway's role: for a
 * job it holds, of that organization, while it holds it. What it answers is billed by that provider.
 */
const SEALED = "v1.0123abcd.bm9uY2U.a2V5.bm9uY2U.c2VjcmV0";
let db: TestDatabase;
let tenant: Tenant;
let connectionId: string;
let job: Job;

beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
  connectionId = await connect(tenant);
});
afterAll(() => db.drop());
beforeEach(async () => {
  job = await claimed(["clarity", "rules"]);
});

async function connect({ organizationId }: Tenant): Promise<string> {
  const id = randomUUID();
  await db.sql`insert into nemo.provider_connections (id, organization_id, name, base_url) values (${id}, ${organizationId}, 'acme', 'https://api.example.com/v1')`;
  await db.sql`insert into nemo_private.provider_keys (connection_id, sealed_key) values (${id}, ${SEALED})`;
  return id;
}

async function claimed(kinds: string[]): Promise<Job> {
  const asked = await askFor(db, tenant, await makeTemplate(db, tenant, "before"), { kinds });
  return (await claim(db, asked.id))!;
}

const sealedKey = async (jobId: string, lease: string, connection = connectionId) => {
  const [row] = await db.asRole(
    "nemo_gateway",
    null,
    (tx) => tx`select nemo_private.gateway_job_provider(${jobId}, ${lease}, ${connection}) as answer`,
  );
  return row!.answer?.sealed_key ?? null;
};

it("the worker that holds a job gets its organization's connection with the sealed key", async () => {
  expect(await sealedKey(job.id, job.lease!)).toBe(SEALED);
});

it("nobody else does: another lease, another job's lease, none", async () => {
  const other = await claimed(["tokens"]);
  for (const [id, lease] of [
    [job.id, randomUUID()],
    [job.id, other.lease!],
    [randomUUID(), job.lease!],
  ] as const)
    expect(await sealedKey(id, lease)).toBeNull();
});

it("another organization's connection is not to be had with it", async () => {
  expect(await sealedKey(job.id, job.lease!, await connect(await createTenant(db)))).toBeNull();
});

it("a lease that is over opens nothing, and neither does a job that has ended or is being cancelled", async () => {
  await db.sql`update nemo.recommendation_jobs set leased_until = now() - interval '1 second' where id = ${job.id}`;
  expect(await sealedKey(job.id, job.lease!)).toBeNull();
  const ended = await claimed(["clarity"]);
  await finish(db, ended, []);
  expect(await sealedKey(ended.id, ended.lease!)).toBeNull();
  const cancelled = await claimed(["clarity"]);
  await db.asUser(tenant.people.member, (tx) => tx`select cancel_recommendations(${cancelled.id})`);
  expect(await sealedKey(cancelled.id, cancelled.lease!)).toBeNull();
});

it("a job that asks no model has no use for a key and gets none", async () => {
  const rules = await claimed(["rules"]);
  expect(await sealedKey(rules.id, rules.lease!)).toBeNull();
});

it("a disabled connection is not used", async () => {
  const disabling = (enabled: boolean) =>
    db.sql`update nemo.provider_connections set enabled = ${enabled} where id = ${connectionId}`;
  await disabling(false);
  expect(await sealedKey(job.id, job.lease!)).toBeNull();
  await disabling(true);
  expect(await sealedKey(job.id, job.lease!)).toBe(SEALED);
});

it("neither people nor the service role may ask for it, and the gateway's role may not touch the queue", async () => {
  const ask = `select nemo_private.gateway_job_provider('${job.id}', '${job.lease}', '${connectionId}')`;
  expect(await refusalCode(db.asUser(tenant.people.owner, (tx) => tx.unsafe(ask)))).toBe("42501");
  expect(await refusalCode(db.asServiceRole((tx) => tx.unsafe(ask)))).toBe("42501");
  for (const forbidden of [
    "select * from nemo.recommendation_jobs",
    "select * from nemo_private.provider_keys",
    "select nemo.claim_recommendation_job()",
  ])
    expect(await refusalCode(db.asRole("nemo_gateway", null, (tx) => tx.unsafe(forbidden)))).toBe("42501");
});

const usage = { model: "gpt-4o-mini", prompt_tokens: 1000, cached_tokens: 0, completion_tokens: 100 };
const ledgerOf = (id: string) =>
  db.sql`select amount_nanousd from nemo.credit_ledger where request_id = ${id}`;

it("what an own provider answered is told at the organization's price and uses no credit", async () => {
  const listed = await finish(db, job, [], { ...usage, provider: "acme" });
  expect(listed).toMatchObject({ provider: "acme", model: "gpt-4o-mini", cost_nanousd: "210000" });
  expect(await ledgerOf(job.id)).toHaveLength(0);
  await db.asUser(
    tenant.people.admin,
    (tx) => tx`select set_model_price(${tenant.organizationId}, 'gpt-4o-mini', 1000000, 0, 0)`,
  );
  const own = await claimed(["clarity"]);
  expect(await finish(db, own, [], { ...usage, provider: "acme" })).toMatchObject({ cost_nanousd: "1000" });
  expect(await ledgerOf(own.id)).toHaveLength(0);
});

it("the platform's answers are charged at the platform's price, also when nothing says whose they were", async () => {
  for (const who of [{ provider: "platform" }, {}]) {
    const charged = await claimed(["clarity"]);
    const done = await finish(db, charged, [], { ...usage, ...who });
    expect(done).toMatchObject({ provider: "platform", cost_nanousd: "210000" });
    expect(await ledgerOf(charged.id)).toEqual([{ amount_nanousd: "-210000" }]);
  }
});

it("the server is told a model's price today, and nobody else asks for it", async () => {
  await db.sql`insert into nemo.model_prices (model, input_nanousd_per_mtok, cached_input_nanousd_per_mtok, output_nanousd_per_mtok, valid_from)
    values ('priced', 1, 1, 1, '2026-01-01'), ('priced', 9, 9, 9, current_date + 1)`;
  const priceOf = (model: string) =>
    db.asServiceRole(
      async (tx) => (await tx`select * from model_price(${model})`)[0]!.input_nanousd_per_mtok,
    );
  expect(await priceOf("priced")).toBe("1");
  expect(await priceOf("priced-2026-05-01")).toBe("1");
  expect(await priceOf("unheard-of")).toBeNull();
  expect(await refusalCode(db.asUser(tenant.people.owner, (tx) => tx`select model_price('priced')`))).toBe(
    "42501",
  );
});
