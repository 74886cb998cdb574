import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture } from "./support/ab-fixture.ts";
import { asGateway } from "./support/as-gateway.ts";
import { afterCommit } from "./support/locks.ts";
import { makeKey } from "./support/make-key.ts";
import { refusalCode } from "./support/tenants.ts";

let db: TestDatabase;
let team: AbFixture;
let keyHash: string;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  team = await abFixture(db, 1);
  keyHash = await makeKey(team);
});

const setPolicy = (policy: string) =>
  team.call((tx) => tx`select * from nemo.set_data_policy(${team.organization}, ${policy})`);
const logged = () =>
  db.sql`select request_id, variables, rendered_messages, client_messages, response from nemo.prompt_logs where organization_id = ${team.organization}`;

/** Records one request with content, as the gateway does. */
async function record(): Promise<void> {
  const item = {
    request_id: uuidv7(),
    key_hash: keyHash,
    status: 200,
    provider: "platform",
    variables: '{"name": "Ada"}',
    rendered_messages: [{ role: "system", content: "Hello Ada" }],
    client_messages: [{ role: "user", content: "Hi" }],
    response: { content: "Hello" },
  };
  await db.asRole(
    "nemo_gateway",
    null,
    (tx) => tx`select nemo_private.gateway_record(${randomUUID()}, ${JSON.stringify([item])}::text::jsonb)`,
  );
}

const CONTENT = ["variables", "rendered_messages", "client_messages", "response"];

it("under none and metadata nobody puts content into a row, new or old, in the log or one of its partitions", async () => {
  const [partition] = await db.sql`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'nemo.prompt_logs'::regclass and inhrelid::regclass::text like ${`%${new Date().toISOString().slice(0, 10).replaceAll("-", "")}`}`;
  const id = uuidv7();
  await db.sql`insert into nemo.prompt_logs (request_id, organization_id, status, created_at) values (${id}, ${team.organization}, 200, now())`;
  const outcomes: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const policy of ["none", "metadata"]) {
    await setPolicy(policy);
    for (const role of [
      "anon",
      "authenticated",
      "service_role",
      "nemo_gateway",
      "postgres",
      "supabase_admin",
    ])
      for (const table of ["nemo.prompt_logs", partition!.name as string])
        for (const column of CONTENT)
          for (const statement of [
            `insert into ${table} (request_id, organization_id, status, created_at, ${column}) values (gen_random_uuid(), '${team.organization}', 200, now(), '{}')`,
            `update ${table} set ${column} = '{}' where request_id = '${id}'`,
          ]) {
            const name = `${policy} ${role} ${statement}`;
            outcomes[name] = await refusalCode(
              db.asRole(role, { sub: team.user, role }, (tx) => tx.unsafe(statement)),
            );
            expected[name] = ["postgres", "supabase_admin"].includes(role) ? "NM400" : "42501";
          }
  }
  expect(outcomes).toEqual(expected);
  expect(CONTENT.length).toBe(4);
});

it("lowering the policy leaves what is there, purging removes it, and each purge leaves its receipt", async () => {
  const purge = async () =>
    (
      await team.call<{ receipt: { audit_sequence: number } & Record<string, unknown> }>(
        (tx) => tx`select nemo.purge_logs(${team.organization}) as receipt`,
      )
    ).receipt;
  await setPolicy("full");
  await record();
  await record();
  expect((await logged()).filter((row) => CONTENT.every((column) => row[column] !== null))).toHaveLength(2);
  expect(await purge()).toMatchObject({ data_policy: "full", rows_emptied: 0, rows_deleted: 0 });
  await setPolicy("metadata");
  expect((await logged())[0]).toMatchObject({ response: { content: "Hello" } });
  const emptied = await purge();
  expect(emptied).toMatchObject({ data_policy: "metadata", rows_emptied: 2, rows_deleted: 0 });
  for (const row of await logged()) expect(CONTENT.map((column) => row[column])).toEqual(Array(4).fill(null));
  await setPolicy("none");
  const deleted = await purge();
  expect(deleted).toMatchObject({ data_policy: "none", rows_emptied: 0, rows_deleted: 2 });
  expect(await logged()).toEqual([]);
  for (const { audit_sequence, ...receipt } of [emptied, deleted]) {
    const [entry] = await db.sql`
      select action, actor_id, after from nemo.audit_log where organization_id = ${team.organization} and sequence = ${audit_sequence}`;
    expect(entry).toEqual({ action: "organization.data_purged", actor_id: team.user, after: receipt });
  }
});

it("a request that outlasts the policy it began under leaves no text where it is kept for a gateway that dies", async () => {
  const request_id = uuidv7();
  const progress = {
    status: 200,
    provider: "platform",
    completion_tokens: 3,
    variables: '{"name": "Ada"}',
    response: { content: "Hello" },
  };
  const renew = async () => {
    await asGateway(db, "gateway_renew", [{ request_id, progress }]);
    return await kept();
  };
  const kept = async () => {
    const [row] = await db.sql`select progress from nemo_private.in_flight where request_id = ${request_id}`;
    return row!.progress;
  };
  const { variables: _, response: __, ...facts } = progress;
  await setPolicy("full");
  await asGateway(
    db,
    "gateway_resolve",
    [{ index: 0, key_hash: keyHash, template: team.template }],
    [{ selector: 0, request_id, prompt_tokens: 1, output_tokens: 1 }],
  );
  expect(await renew()).toEqual(progress);
  await setPolicy("metadata");
  await team.call((tx) => tx`select nemo.purge_logs(${team.organization})`);
  expect(await kept()).toEqual(facts);
  expect(await renew()).toEqual(facts);
});

it.each([
  ["full", "metadata", 1],
  ["full", "none", 0],
  ["metadata", "none", 0],
] as const)(
  "a request recorded while the policy goes from %s to %s keeps what the new one allows",
  async (before, after, rows) => {
    await setPolicy(before);
    const ended = await afterCommit(
      db,
      async (tx) => {
        await tx`select nemo.set_data_policy(${team.organization}, ${after})`;
        await tx`select nemo.purge_logs(${team.organization})`;
      },
      record,
    );
    expect(ended).toBe("done");
    const kept = await logged();
    expect(kept).toHaveLength(rows);
    for (const row of kept) expect(CONTENT.map((column) => row[column])).toEqual(Array(4).fill(null));
  },
);

it("who lowers the policy and purges waits for content that is just being written, by whomever", async () => {
  await setPolicy("full");
  const ended = await afterCommit(
    db,
    (tx) =>
      tx`insert into nemo.prompt_logs (request_id, organization_id, status, created_at, response) values (${uuidv7()}, ${team.organization}, 200, now(), '{}')`,
    async () => {
      await setPolicy("none");
      await team.call((tx) => tx`select nemo.purge_logs(${team.organization})`);
    },
  );
  expect(ended).toBe("done");
  expect(await logged()).toEqual([]);
});
