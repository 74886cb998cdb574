/** What happens when many do things at once: nobody is lost, nothing is numbered twice, nobody waits for ever. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { CALLERS } from "./support/allowed.ts";
import { CALLS } from "./support/calls.ts";
import { createFullTenant } from "./support/full-tenant.ts";
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
