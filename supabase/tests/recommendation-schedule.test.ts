import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { standInForExtensions, storeSecret } from "./support/extensions.ts";
import { askFor, claim, makeTemplate } from "./support/recommendation-fixture.ts";
import { createTenant, type Tenant } from "./support/tenants.ts";

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

it("a database without the extensions takes the migration, and is woken by nobody", async () => {
  const without = db.asRole("supabase_admin", null, async (tx) => {
    await tx`drop extension if exists pg_cron, pg_net, supabase_vault`;
    await tx`set local role postgres`;
    const answers =
      await tx`select nemo_private.schedule_recommendation_worker() as scheduled, nemo_private.wake_recommendation_worker() as woken`;
    // Undone, for the tests that follow.
    throw Object.assign(new Error("done"), { answers });
  });
  await expect(without).rejects.toMatchObject({ answers: [{ scheduled: false, woken: false }] });
});

it("where they are, the worker is scheduled once however often one asks", async () => {
  await standInForExtensions(db);
  expect(await asked("schedule_recommendation_worker")).toBe(true);
  expect(await asked("schedule_recommendation_worker")).toBe(true);
  const jobs = db.sql`
    select schedule, command, username, active from cron.job where jobname = 'nemo-recommendations'`;
  expect(await jobs).toEqual([
    {
      schedule: "* * * * *",
      command: "select nemo_private.wake_recommendation_worker()",
      username: "postgres",
      active: true,
    },
  ]);
});

it("the function is called when a job is due and the secrets are there, and only then", async () => {
  const calls = () => db.sql`
    select method::text, url, headers ->> 'apikey' as key, headers ->> 'content-type' as type, convert_from(body, 'UTF8') as body
    from net.http_request_queue`;
  expect(await asked("wake_recommendation_worker")).toBe(false);
  const template = await makeTemplate(db, tenant, "Say hello.");
  const job = await askFor(db, tenant, template);
  expect(await asked("wake_recommendation_worker")).toBe(false);
  await storeSecret(db, "nemo_functions_url", "https://project.test/functions/v1/");
  expect(await asked("wake_recommendation_worker")).toBe(false);
  await storeSecret(db, "nemo_secret_key", "a-secret");
  expect(await asked("wake_recommendation_worker")).toBe(true);
  expect(await calls()).toEqual([
    {
      method: "POST",
      url: "https://project.test/functions/v1/recommendations/run",
      key: "a-secret",
      type: "application/json",
      body: '{"wait": false}',
    },
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
