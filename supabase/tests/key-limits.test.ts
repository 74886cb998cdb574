/** What a key may do is decided where the gateway asks, in the database, at the moment it asks. */
import { createHash, randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { asGateway } from "./support/as-gateway.ts";
import { activeTemplate, createTenant, refusalCode, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
let first: string;
let second: string;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
  first = await activeTemplate(db, tenant, "one");
  second = await activeTemplate(db, tenant, "two");
});
afterAll(() => db.drop());

interface Key {
  readonly id: string;
  readonly hash: string;
}

async function createKey(options = ""): Promise<Key> {
  const [row] = await db.asUser(tenant.people.admin, (tx) =>
    tx.unsafe(`select * from create_api_key('${tenant.organizationId}', 'A key'${options})`),
  );
  return { id: row!.id, hash: createHash("sha256").update(row!.key).digest("hex") };
}

/** What the gateway is told about one request: the outcome, or why it is refused. */
async function ask({ hash }: Key, template: string | null): Promise<string> {
  const requestId = uuidv7();
  const { selectors, refused } = await asGateway<{
    selectors: { outcome: string }[];
    refused: Record<string, string>;
  }>(
    db,
    "gateway_resolve",
    [{ index: 0, key_hash: hash, template, model: "gpt-5" }],
    [{ selector: 0, request_id: requestId, prompt_tokens: 1000, output_tokens: 0 }],
  );
  return refused[requestId] ?? selectors[0]!.outcome;
}

const record = (key: Key, cost: { prompt_tokens: number }) =>
  asGateway(db, "gateway_record", randomUUID(), [
    { request_id: uuidv7(), key_hash: key.hash, status: 200, provider: "platform", model: "gpt-5", ...cost },
  ]);

it("a key with scopes opens those templates, not others, and no request without one", async () => {
  const key = await createKey(`, scopes => '{${first}}'`);
  expect(await ask(key, first)).toBe("template");
  expect(await ask(key, second)).toBe("template_not_found");
  expect(await ask(key, null)).toBe("key_scope_denied");
});

it("a default template serves requests that name none", async () => {
  const key = await createKey(`, '${second}'`);
  expect(await ask(key, null)).toBe("template");
  expect(await ask(await createKey(), null)).toBe("untouched");
});

it("a key is refused from the moment it expires, and from the moment it is revoked", async () => {
  const expiring = await createKey(", expires_at => now() + interval '1 hour'");
  expect(await ask(expiring, first)).toBe("template");
  await db.sql`update nemo.api_keys set expires_at = now() where id = ${expiring.id}`;
  expect(await ask(expiring, first)).toBe("invalid_api_key");
  const key = await createKey();
  expect(await ask(key, first)).toBe("template");
  await db.asUser(tenant.people.admin, (tx) => tx`select revoke_api_key(${key.id})`);
  expect(await ask(key, first)).toBe("invalid_api_key");
});

it("a monthly budget counts what was spent and what is reserved, and begins anew with the month", async () => {
  // $1.25 for a million tokens of prompt: a request of a thousand costs 1 250 000 nano-dollars.
  const key = await createKey(", monthly_budget_nanousd => 2000000");
  expect(await ask(key, first)).toBe("template");
  expect(await ask(key, first)).toBe("template");
  expect(await ask(key, first)).toBe("budget_exceeded");
  await db.sql`delete from nemo_private.in_flight where api_key_id = ${key.id}`;
  await record(key, { prompt_tokens: 2000 });
  expect(await ask(key, first)).toBe("budget_exceeded");
  await db.sql`update nemo_private.key_spending set month = month - interval '1 month' where api_key_id = ${key.id}`;
  expect(await ask(key, first)).toBe("template");
});

it("people see what each key has cost this month; another tenant sees nothing", async () => {
  const [spent, idle] = [await createKey(), await createKey()];
  await record(spent, { prompt_tokens: 2000 });
  const read = (person: string) =>
    db.asUser(person, (tx) => tx`select * from api_key_spending(${tenant.organizationId})`);
  const seen = await read(tenant.people.viewer);
  expect(seen.find((row) => row.api_key_id === spent.id)).toMatchObject({ spent_nanousd: "2500000" });
  expect(seen.some((row) => row.api_key_id === idle.id)).toBe(false);
  await db.sql`update nemo_private.key_spending set month = month - interval '1 month' where api_key_id = ${spent.id}`;
  expect((await read(tenant.people.viewer)).some((row) => row.api_key_id === spent.id)).toBe(false);
  const stranger = await createTenant(db);
  expect(await refusalCode(read(stranger.people.owner))).toBe("NM003");
});

it("a key with a limit of requests at once is refused the next one until one has ended", async () => {
  const key = await createKey(", max_concurrency => 1");
  expect(await ask(key, first)).toBe("template");
  expect(await ask(key, first)).toBe("concurrency");
  await db.sql`delete from nemo_private.in_flight where api_key_id = ${key.id}`;
  expect(await ask(key, first)).toBe("template");
});

it("the time of last use is written at most once a minute, and never waited for", async () => {
  const key = await createKey();
  const lastUse = async () =>
    (await db.sql`select last_used_at, xmin::text from nemo.api_keys where id = ${key.id}`)[0]!;
  expect((await lastUse()).last_used_at).toBeNull();
  await record(key, { prompt_tokens: 1 });
  const used = await lastUse();
  expect(used.last_used_at).toBeInstanceOf(Date);
  await record(key, { prompt_tokens: 1 });
  expect(await lastUse()).toEqual(used);
  await db.sql`update nemo.api_keys set last_used_at = now() - interval '2 minutes' where id = ${key.id}`;
  // Somebody holds the key's row; the request is written down all the same.
  await db.sql.begin(async (tx) => {
    await tx`select from nemo.api_keys where id = ${key.id} for no key update`;
    await record(key, { prompt_tokens: 1 });
  });
  await record(key, { prompt_tokens: 1 });
  expect((await lastUse()).last_used_at.getTime()).toBeGreaterThan(Date.now() - 60_000);
});
