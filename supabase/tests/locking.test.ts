/** What happens when many do things at once: nobody is lost, nothing is numbered twice, nobody waits for ever. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { CALLERS } from "./support/allowed.ts";
import { CALLS } from "./support/calls.ts";
import { createFullTenant } from "./support/full-tenant.ts";
import { asForDeletion, lockedTables, whileHeld } from "./support/locks.ts";
import { activeTemplate, createTenant } from "./support/tenants.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error) => (error as { code: string }).code,
  );

it("of twenty activations at once each is done or finds itself done, and the audit log has them in one order", async () => {
  const tenant = await createTenant(db);
  const templateId = await activeTemplate(db, tenant, "one", "two", "three");
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      outcomeOf(
        db.asUser(
          tenant.people.member,
          (tx) => tx`select activate_version(${templateId}, ${(index % 3) + 1})`,
        ),
      ),
    ),
  );
  expect(new Set(outcomes)).toEqual(new Set(["done"]));
  const steps = await db.sql`
    select before ->> 'active_version' as old, after ->> 'active_version' as new from nemo.audit_log
    where organization_id = ${tenant.organizationId} and action = 'version.activated' order by sequence`;
  for (const [index, step] of steps.entries()) expect(step.old).toBe(steps[index - 1]?.new ?? null);
  const [template] = await db.sql`select active_version from nemo.prompt_templates where id = ${templateId}`;
  expect(String(template!.active_version)).toBe(steps.at(-1)!.new);
});

it("when the accounts of all owners are deleted at the same moment, one is kept", async () => {
  for (let round = 0; round < 5; round++) {
    const { organizationId, people } = await createTenant(db);
    const owners = [people.owner, people.admin];
    await db.sql`update nemo.memberships set role = 'owner' where organization_id = ${organizationId}`;
    // Without the organizations of their own that signing up made, which hold them as last owners too.
    await db.sql`
      delete from nemo.memberships where organization_id = ${organizationId} and user_id <> all (${owners})`;
    for (const {
      id,
    } of await db.sql`select id from nemo.organizations where created_by in ${db.sql(owners)} and id <> ${organizationId}`)
      await db.sql`select nemo.delete_organization(${id})`;
    const outcomes = await Promise.all(
      owners.map((owner) => outcomeOf(db.sql`delete from auth.users where id = ${owner}`)),
    );
    expect(outcomes.sort()).toEqual(["NM030", "done"]);
  }
});

it("deleting an organization waits for what is under way in it, and whatever comes after finds it gone", async () => {
  for (let round = 0; round < 4; round++) {
    const tenant = await createFullTenant(db);
    const calls = Object.keys(CALLS).filter(
      (name) => CALLERS[name] !== "server" && !/create_organization|accept_invitation|leave_/.test(name),
    );
    const outcomes = await Promise.all(
      calls.map((name, index) =>
        outcomeOf(
          new Promise((resolve) => setTimeout(resolve, (index * 7) % 20)).then(() =>
            db.asUser(tenant.people.owner, (tx) => tx.unsafe(`select * from ${CALLS[name]!(tenant)}`)),
          ),
        ),
      ),
    );
    expect(outcomes[calls.indexOf("delete_organization")]).toBe("done");
    // Each is done, or refused with a code of Nemo's own: no deadlock, no broken reference.
    const others = calls.map((name, index) => `${name}: ${outcomes[index]}`);
    expect(others.filter((outcome) => !/: (done|NM\d{3})$/.test(outcome))).toEqual([]);
  }
});

it("of two who delete the same organization at once, one does", async () => {
  const { organizationId, people } = await createTenant(db);
  const outcomes = await Promise.all(
    [1, 2].map(() =>
      outcomeOf(db.asUser(people.owner, (tx) => tx`select delete_organization(${organizationId})`)),
    ),
  );
  expect(outcomes.sort()).toEqual(["NM003", "done"]);
});

it("every change holds its organization before it locks anything in it, so that none can wait for a deletion that waits for it", async () => {
  const tenant = await createFullTenant(db);
  const { apiKeyId, organizationId, people } = tenant;
  // These change nothing of an organization that exists, or only by what they insert.
  const exempt = ["create_organization", "library_totals", "record_access_denial", "redeem_ticket"];
  const changing = await db.sql`
    select proname as name from pg_proc where pronamespace = 'nemo'::regnamespace and provolatile = 'v'
      and proname <> all (${exempt}) and prorettype <> 'trigger'::regtype order by proname`;
  await db.sql`update auth.users set email = 'invited@tenant.test' where id = ${people.viewer}`;
  await db.sql`delete from nemo.memberships where organization_id = ${organizationId} and user_id = ${people.viewer}`;
  await db.sql`update nemo.organizations set audit_retention_days = 365 where id = ${organizationId}`;
  // An account that is the last owner of nothing can be deleted.
  await db.sql`
    select nemo.delete_organization(id) from nemo.organizations where created_by = ${people.member} and id <> ${organizationId}`;
  const calls = changing.map(({ name }) => {
    const statement = `select * from nemo.${CALLS[name]!(tenant)}`;
    const work =
      CALLERS[name] === "server"
        ? () => db.asServiceRole((tx) => tx.unsafe(statement))
        : () =>
            db.asUser(name === "accept_invitation" ? people.viewer : people.owner, (tx) =>
              tx.unsafe(statement),
            );
    return { name: name as string, work };
  });
  const [log] = await db.sql`
    with id as (select '01890000-0000-7000-8000-000000000001'::uuid as request_id)
    insert into nemo.prompt_logs (request_id, organization_id, api_key_id, status, created_at)
    select id.request_id, ${organizationId}, ${apiKeyId}, 200, nemo_private.uuid_time(id.request_id) from id returning request_id`;
  const [key] = await db.sql`select key_hash from nemo_private.api_key_hashes where api_key_id = ${apiKeyId}`;
  calls.push({
    name: "gateway_feedback",
    work: () =>
      db.asRole(
        "nemo_gateway",
        null,
        (tx) =>
          tx`select nemo_private.gateway_feedback(${key!.key_hash}, ${tx.json({ request_id: log!.request_id, score: 1 })})`,
      ),
  });
  calls.push({
    name: "deletion of an account",
    work: () => db.sql.begin((tx) => tx`delete from auth.users where id = ${people.member}`),
  });

  const found: string[] = [];
  for (const { name, work } of calls) {
    const outcome = await whileHeld(db, asForDeletion(organizationId), work, async () =>
      (await lockedTables(db, organizationId)).filter((table) => table !== "nemo.organizations"),
    );
    if (outcome !== "waits, holding nothing") found.push(`${name}: ${outcome}`);
  }
  expect(found).toEqual([]);
});

it("settling lost requests holds their organizations before the requests, as deleting one does", async () => {
  const { apiKeyId, organizationId } = await createFullTenant(db);
  await db.sql`
    insert into nemo_private.in_flight (request_id, organization_id, api_key_id, key_hash, reserved_nanousd, lease_until)
    values (gen_random_uuid(), ${organizationId}, ${apiKeyId}, repeat('0', 64), 0, now() - interval '1 minute')`;
  const outcome = await whileHeld(
    db,
    asForDeletion(organizationId),
    () => db.sql.begin((tx) => tx`select nemo_private.settle_lost_requests()`),
    () => lockedTables(db, organizationId, ["nemo_private"]),
  );
  expect(outcome).toBe("waits, holding nothing");
});

it("a request that is written down while it is taken for lost waits for that before it writes anything", async () => {
  const { apiKeyId, organizationId } = await createFullTenant(db);
  const requestId = "01890000-0000-7000-8000-000000000002";
  const [key] = await db.sql`select key_hash from nemo_private.api_key_hashes where api_key_id = ${apiKeyId}`;
  await db.sql`
    insert into nemo_private.in_flight (request_id, organization_id, api_key_id, key_hash, reserved_nanousd, lease_until)
    values (${requestId}, ${organizationId}, ${apiKeyId}, ${key!.key_hash}, 0, now() - interval '1 minute')`;
  const item = { request_id: requestId, key_hash: key!.key_hash, status: 200, provider: "platform" };
  let written: string | undefined;
  const outcome = await whileHeld(
    db,
    (tx) => tx`select from nemo_private.in_flight where request_id = ${requestId} for update`,
    () =>
      db.asRole(
        "nemo_gateway",
        null,
        (tx) => tx`select nemo_private.gateway_record(gen_random_uuid(), ${tx.json([item])})`,
      ),
    async () => {
      // The same request written by somebody else: it would have to wait for a row that is not there yet.
      written = await outcomeOf(
        db.sql.begin(async (tx) => {
          await tx`set local lock_timeout = '1s'`;
          await tx`
            insert into nemo.prompt_logs (request_id, organization_id, status, created_at)
            values (${requestId}, ${organizationId}, 200, nemo_private.uuid_time(${requestId}))`;
          throw { code: "could write" };
        }),
      );
      return [];
    },
  );
  expect([outcome, written]).toEqual(["waits, holding nothing", "could write"]);
});

it("pinning an audit entry holds the chain before the entry, as retention does", async () => {
  const { organizationId, people } = await createTenant(db);
  const outcome = await whileHeld(
    db,
    (tx) => tx`select from nemo_private.audit_heads where organization_id = ${organizationId} for update`,
    () => db.asUser(people.admin, (tx) => tx`select pin_audit_entry(${organizationId}, 1, 'Evidence')`),
    async () => (await lockedTables(db, organizationId)).filter((table) => table === "nemo.audit_log"),
  );
  expect(outcome).toBe("waits, holding nothing");
});
