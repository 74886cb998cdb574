/** Postgres itself is stopped and started again, in good order and not, while the gateway serves. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyMigrations } from "../../../local/postgres/apply-migrations.ts";
import { bootstrap, setPassword } from "../../../local/postgres/bootstrap.ts";
import { type RunningPostgres, startPostgres } from "../../../local/postgres/start-postgres.ts";
import { temporaryDirectory } from "../../../local/postgres/throw-away-database.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { type OwnGateway, startOwnGateway } from "./testing/own-gateway.ts";
import { marker } from "./testing/team.ts";

const stack = useStack();
const KEY = `nemo_sk_${randomBytes(24).toString("base64url")}`;
const password = randomBytes(18).toString("base64url");
let directory: string;
let server: RunningPostgres;
let gateway: OwnGateway;
let organizationId: string;

const SLOW = stack.provider.modelThat({ latencyMs: 1500 });
const STREAMED = stack.provider.modelThat({ chunks: 15, chunkDelayMs: 100 });

/** Committed is kept, as in production: what a crash may cost is what is tested. */
const start = async (port?: number) => {
  server = await startPostgres({ dataDirectory: join(directory, "postgres"), password, durable: true, port });
};

async function withDatabase<T>(work: (sql: Sql) => Promise<T>, role = "postgres"): Promise<T> {
  const sql = postgres(server.url(role), { max: 1, onnotice: () => {} });
  return await work(sql).finally(() => sql.end());
}

beforeAll(async () => {
  directory = await temporaryDirectory();
  await start();
  await withDatabase((sql) => bootstrap(sql, password), "supabase_admin");
  await applyMigrations(server.url());
  await withDatabase((sql) => setPassword(sql, "nemo_gateway", password), "supabase_admin");
  await withDatabase(async (sql) => {
    const [user] = await sql`
      insert into auth.users (id, aud, role, email) values (${randomUUID()}, 'authenticated', 'authenticated', 'a@tests.nemo.test')
      returning id`;
    const [organization] = await sql`select id from nemo.organizations where created_by = ${user!.id}`;
    organizationId = organization!.id as string;
    const [key] = await sql`select id from nemo.create_api_key(${organizationId}, 'tests')`;
    const hash = createHash("sha256").update(KEY).digest("hex");
    for (const model of [SLOW, STREAMED])
      await sql`select nemo.set_model_price(null, ${model}, 150000000, 75000000, 600000000)`;
    await sql`update nemo_private.api_key_hashes set key_hash = ${hash} where api_key_id = ${key!.id}`;
  }, "supabase_admin");
  gateway = await startOwnGateway(stack, { NEMO_GATEWAY_DB_URL: server.url("nemo_gateway") });
});
afterAll(async () => {
  await gateway?.process.stop();
  await server?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

/** SIGINT ends sessions and writes everything down; SIGQUIT is how a crash leaves it. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  process.kill(server.pid, signal);
  await server.died.catch(() => {});
}

const ask = (text: string, model = "fake-gpt", stream = false) =>
  gateway.post(KEY, "/chat/completions", {
    model,
    messages: [{ role: "user", content: text }],
    stream,
  });
/** Until every connection of the gateway's has noticed that the database is back. */
const steady = () =>
  eventually(async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(marker())));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
const idOf = (response: Response) => response.headers.get("x-nemo-request-id") as string;

/** Once it is written: the provider served it once, it is logged once and charged once, and nothing is left in flight. */
async function agree(response: Response, text: string): Promise<void> {
  expect(await stack.provider.requests(text)).toHaveLength(1);
  await withDatabase((sql) =>
    eventually(async () => {
      const [row] = await sql`
        select
          (select array_agg(cost_nanousd::text) from nemo.prompt_logs where request_id = ${idOf(response)}) as logged,
          (select array_agg((-amount_nanousd)::text) from nemo.credit_ledger where request_id = ${idOf(response)}) as charged,
          (select count(*)::int from nemo_private.in_flight where request_id = ${idOf(response)}) as in_flight`;
      expect(row).toEqual({ logged: [expect.stringMatching(/^[1-9]/)], charged: row!.logged, in_flight: 0 });
    }, 15),
  );
}

describe.each(["SIGINT", "SIGQUIT"] as const)("Postgres that is ended by %s", (signal) => {
  it("before a request is 503, no provider is called, and it serves again when it is back", async () => {
    const text = marker();
    await stop(signal);
    const response = await ask(text);
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { error: { code: "database_unavailable" } },
    ]);
    expect(await stack.provider.requests(text)).toEqual([]);
    await start(server.port);
    await steady();
    await withDatabase(async (sql) => {
      expect(await sql`select from nemo.prompt_logs where request_id = ${idOf(response)}`).toHaveLength(0);
    });
  });

  it("while the provider works, or while it streams, costs the client nothing, and both are charged once", async () => {
    await steady();
    const [text, streamed] = [marker(), marker()];
    const asked = [ask(text, SLOW), ask(streamed, STREAMED, true)];
    for (const one of [text, streamed])
      await eventually(async () => expect(await stack.provider.requests(one)).toHaveLength(1), 5);
    await stop(signal);
    const [whole, stream] = (await Promise.all(asked)) as [Response, Response];
    expect([whole.status, ((await whole.json()) as { object: string }).object]).toEqual([
      200,
      "chat.completion",
    ]);
    expect(await stream.text()).toMatch(/data: \[DONE\]\n\n$/);
    await start(server.port);
    await agree(whole, text);
    await agree(stream, streamed);
  });

  it("at the moment an answer is complete takes nothing away from its record", async () => {
    await steady();
    const asked = Array.from({ length: 8 }, () => marker());
    const answered = await Promise.all(
      asked.map(async (text) => {
        const response = await ask(text);
        await response.text();
        return { text, response };
      }),
    );
    await stop(signal);
    await start(server.port);
    for (const { text, response } of answered) {
      expect(response.status).toBe(200);
      await agree(response, text);
    }
  });
});

it("after all of it the balance is the credit less what is logged", async () => {
  await withDatabase(async (sql) => {
    const [row] = await sql`
      select (select balance_nanousd from nemo_private.credit_balances where organization_id = ${organizationId})::text as balance,
        (5000000000 - (select sum(cost_nanousd) from nemo.prompt_logs where organization_id = ${organizationId}))::text as expected,
        (select sum(requests)::int from nemo.prompt_rollups where organization_id = ${organizationId}) as counted,
        (select count(*)::int from nemo.prompt_logs where organization_id = ${organizationId}) as logged`;
    expect(row!.balance).toBe(row!.expected);
    expect(row!.counted).toBe(row!.logged);
  });
});
