import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { askFor, claim, makeTemplate } from "./support/recommendation-fixture.ts";
import { createTenant, type Tenant } from "./support/tenants.ts";

/*
 * pg_cron, pg_net and Vault are not in the embedded Postgres. Functions and a view of their names and shapes
 * stand for them here and write down how they were called; that the real ones are called alike is for a
 * hosted project to show.
 */
let db: TestDatabase;
let tenant: Tenant;

beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

const asked = async (name: string) => {
  const [row] = await db.sql.unsafe(`select nemo_private.${name}() as answer`);
  return row!.answer as boolean;
};

async function standIn(): Promise<void> {
  await db.asRole("supabase_admin", null, (tx) =>
    tx.unsafe(`
    create schema cron; create schema net; create schema if not exists vault;
    create table cron.job (jobname text primary key, schedule text, command text);
    create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql as
      $$ insert into cron.job values ($1, $2, $3) on conflict (jobname) do update set command = excluded.command; select 1::bigint $$;
    create table net.calls (url text, body jsonb, headers jsonb);
    create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{}',
      timeout_milliseconds integer default 2000) returns bigint language sql as
      $$ insert into net.calls values ($1, $2, $4); select 1::bigint $$;
    create table vault.decrypted_secrets (name text, decrypted_secret text);
    grant usage on schema cron, net, vault to postgres;
    grant all on all tables in schema cron, net, vault to postgres`),
  );
}

it("a database without the extensions takes the migration, and is woken by nobody", async () => {
  expect(await asked("schedule_recommendation_worker")).toBe(false);
  expect(await asked("wake_recommendation_worker")).toBe(false);
});

it("where they are, the worker is scheduled once however often one asks", async () => {
  await standIn();
  expect(await asked("schedule_recommendation_worker")).toBe(true);
  expect(await asked("schedule_recommendation_worker")).toBe(true);
  expect(await db.sql`select * from cron.job`).toEqual([
    {
      jobname: "nemo-recommendations",
      schedule: "* * * * *",
      command: "select nemo_private.wake_recommendation_worker()",
    },
  ]);
});

it("the function is called when a job is due and the secrets are there, and only then", async () => {
  const calls = () => db.sql`select url, headers ->> 'apikey' as key from net.calls`;
  expect(await asked("wake_recommendation_worker")).toBe(false);
  const template = await makeTemplate(db, tenant, "Say hello.");
  const job = await askFor(db, tenant, template);
  expect(await asked("wake_recommendation_worker")).toBe(false);
  await db.sql`insert into vault.decrypted_secrets values
    ('nemo_functions_url', 'https://project.test/functions/v1/'), ('nemo_secret_key', 'a-secret')`;
  expect(await asked("wake_recommendation_worker")).toBe(true);
  expect(await calls()).toEqual([
    { url: "https://project.test/functions/v1/recommendations/run", key: "a-secret" },
  ]);
  await claim(db, job.id);
  expect(await asked("wake_recommendation_worker")).toBe(false);
  // Its worker was lost.
  await db.sql`update nemo.recommendation_jobs set leased_until = now() - interval '1 second' where id = ${job.id}`;
  expect(await asked("wake_recommendation_worker")).toBe(true);
});

it("people cannot wake or schedule it", async () => {
  for (const name of ["schedule_recommendation_worker", "wake_recommendation_worker"])
    await expect(
      db.asUser(tenant.people.owner, (tx) => tx.unsafe(`select nemo_private.${name}()`)),
    ).rejects.toMatchObject({ code: "42501" });
});
