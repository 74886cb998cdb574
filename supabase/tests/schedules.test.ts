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

const asked = async () => {
  const [row] = await db.sql`select nemo_private.wake_recommendation_worker() as answer`;
  return row!.answer as boolean;
};
const scheduled = async () => (await db.sql`select nemo_private.schedule_work() as names`)[0]!.names;

it("a database without the extensions takes the migrations, and nothing is scheduled or woken", async () => {
  const without = db.asRole("supabase_admin", null, async (tx) => {
    await tx`drop extension if exists pg_cron, pg_net, supabase_vault`;
    await tx`set local role postgres`;
    const answers =
      await tx`select nemo_private.schedule_work() as names, nemo_private.wake_recommendation_worker() as woken`;
    // Undone, for the tests that follow.
    throw Object.assign(new Error("done"), { answers });
  });
  await expect(without).rejects.toMatchObject({ answers: [{ names: [], woken: false }] });
});

it("where they are, each work is scheduled once however often one asks, and does what it should", async () => {
  await standInForExtensions(db);
  const names = ["nemo-housekeeping", "nemo-recommendations", "nemo-run-history", "nemo-sums"];
  expect(await scheduled()).toEqual(names);
  expect(await scheduled()).toEqual(names);
  const jobs = await db.sql`
    select jobname, schedule, command, username, active from cron.job where jobname like 'nemo-%' order by jobname`;
  expect(jobs.map((job) => [job.jobname, job.schedule, job.username, job.active])).toEqual(
    names.map((name) => [name, name === "nemo-run-history" ? "17 3 * * *" : "* * * * *", "postgres", true]),
  );
  await db.sql`update nemo_private.retention_applied set at = '-infinity'`;
  await db.sql`
    insert into cron.job_run_details (jobid, runid, start_time)
    select j.jobid, run.id, now() - run.age from cron.job j, (values (1, interval '8 days'), (2, interval '6 days')) run (id, age)
    where j.jobname = 'nemo-sums'`;
  for (const { command } of jobs) await db.sql.unsafe(command);
  const [kept] =
    await db.sql`select at > now() - interval '1 minute' as house from nemo_private.retention_applied`;
  expect(kept).toEqual({ house: true });
  expect((await db.sql`select runid::int from cron.job_run_details`).map((run) => run.runid)).toEqual([2]);
});

it("the function is called when a job is due and the secrets are there, and only then", async () => {
  const calls = () => db.sql`
    select method::text, url, headers, convert_from(body, 'UTF8') as body
    from net.http_request_queue`;
  expect(await asked()).toBe(false);
  const template = await makeTemplate(db, tenant, "Say hello.");
  const job = await askFor(db, tenant, template);
  expect(await asked()).toBe(false);
  await storeSecret(db, "nemo_functions_url", "https://project.test/functions/v1/");
  expect(await asked()).toBe(true);
  const [sent, ...more] = await calls();
  expect([sent, more]).toEqual([
    {
      method: "POST",
      url: "https://project.test/functions/v1/recommendations/run",
      headers: {
        "content-type": "application/json",
        "x-nemo-ticket": expect.stringMatching(/^nemo_ticket_/),
      },
      body: '{"wait": false}',
    },
    [],
  ]);
  const [answer] = await db.asServiceRole(
    (tx) => tx`select redeem_ticket(${sent!.headers["x-nemo-ticket"]}, 'recommendations/run') as good`,
  );
  expect(answer).toEqual({ good: true });
  await claim(db, job.id);
  expect(await asked()).toBe(false);
  // Its worker was lost.
  await db.sql`update nemo.recommendation_jobs set leased_until = now() - interval '1 second' where id = ${job.id}`;
  expect(await asked()).toBe(true);
});

it("people can neither schedule nor wake anything", async () => {
  for (const name of ["schedule_work", "wake_recommendation_worker"])
    await expect(
      db.asUser(tenant.people.owner, (tx) => tx.unsafe(`select nemo_private.${name}()`)),
    ).rejects.toMatchObject({ code: "42501" });
});
