import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture } from "./support/ab-fixture.ts";
import { asGateway } from "./support/as-gateway.ts";
import { makeKey } from "./support/make-key.ts";

let db: TestDatabase;
let team: AbFixture;
let keyHash: string;

beforeAll(async () => {
  db = await createTestDatabase();
  team = await abFixture(db, 2);
  keyHash = await makeKey(team);
});
afterAll(() => db.drop());

interface Resolved {
  selectors: {
    outcome: string;
    template_id: string | null;
    version: number | null;
    organization_id: string | null;
  }[];
  refused: Record<string, string>;
}

const resolve = (selector: object, requestId = uuidv7()) =>
  asGateway<Resolved>(
    db,
    "gateway_resolve",
    [{ index: 0, key_hash: keyHash, ...selector }],
    [{ selector: 0, request_id: requestId, prompt_tokens: 100, output_tokens: 100 }],
  );

async function record(items: object[], batchId: string = randomUUID()): Promise<void> {
  const text = JSON.stringify(
    items.map((item) => ({ key_hash: keyHash, status: 200, provider: "platform", ...item })),
  );
  await db.asRole(
    "nemo_gateway",
    null,
    (tx) => tx`select nemo_private.gateway_record(${batchId}, ${text}::text::jsonb)`,
  );
}

const balance = async () => {
  const rows =
    await db.sql`select balance_nanousd::text as balance from nemo_private.credit_balances where organization_id = ${team.organization}`;
  return BigInt(rows[0]?.balance);
};

it("a template is found by its id and by nothing else of another organization", async () => {
  expect((await resolve({ template: team.template })).selectors[0]).toMatchObject({
    outcome: "template",
    version: 1,
  });
  const stranger = await abFixture(db, 1);
  expect((await resolve({ template: stranger.template })).selectors[0]).toEqual(
    (await resolve({ template: `tpl_${"0".repeat(24)}` })).selectors[0],
  );
});

it("an unknown key learns nothing", async () => {
  const { selectors } = await resolve({ key_hash: "0".repeat(64), template: team.template });
  expect(selectors[0]).toMatchObject({
    outcome: "invalid_api_key",
    organization_id: null,
    template_id: null,
  });
});

it("a pinned version wins over the active one, and one that does not exist is said to be missing", async () => {
  expect((await resolve({ template: team.template, version: 2 })).selectors[0]).toMatchObject({
    outcome: "template",
    version: 2,
  });
  expect((await resolve({ template: team.template, version: 9 })).selectors[0]).toMatchObject({
    outcome: "version_not_found",
  });
});

it("a new organization has five dollars", async () => {
  const fresh = await abFixture(db, 1);
  const rows =
    await db.sql`select kind, amount_nanousd::text from nemo.credit_ledger where organization_id = ${fresh.organization}`;
  expect([...rows]).toEqual([{ kind: "sign_up", amount_nanousd: "5000000000" }]);
});

it("a request is charged once, however often it is recorded and in whatever batch", async () => {
  const requestId = uuidv7();
  const batch = randomUUID();
  const item = {
    request_id: requestId,
    template_id: team.template,
    version: 1,
    model: "gpt-4o-mini",
    prompt_tokens: 1000,
    completion_tokens: 500,
    latency_ms: 12,
  };
  const before = await balance();
  await record([item], batch);
  await record([item], batch);
  await record([item]);
  // $0.15 and $0.60 for a million: 1000 and 500 tokens are 150 000 + 300 000 nano-dollars.
  expect(before - (await balance())).toBe(450_000n);
  const logged =
    await db.sql`select cost_nanousd::text as cost from nemo.prompt_logs where request_id = ${requestId}`;
  expect([...logged]).toEqual([{ cost: "450000" }]);
  const counted =
    await db.sql`select sum(requests)::int as n from nemo.prompt_rollups where organization_id = ${team.organization} and model = 'gpt-4o-mini'`;
  expect(counted[0]?.n).toBe(1);
});

it("an unknown model's cost is unknown, in the log and in the ledger", async () => {
  const requestId = uuidv7();
  await record([{ request_id: requestId, model: "in-house-7b", prompt_tokens: 10, completion_tokens: 1 }]);
  const rows =
    await db.sql`select l.cost_nanousd as logged, c.amount_nanousd as charged from nemo.prompt_logs l join nemo.credit_ledger c using (request_id) where request_id = ${requestId}`;
  expect([...rows]).toEqual([{ logged: null, charged: null }]);
});

it("text reaches the log under policy full only, whatever the gateway sends", async () => {
  const requestId = uuidv7();
  await record([{ request_id: requestId, variables: { name: "canary" }, response: "canary" }]);
  const rows = await db.sql`select variables, response from nemo.prompt_logs where request_id = ${requestId}`;
  expect([...rows]).toEqual([{ variables: null, response: null }]);
  await expect(
    db.sql`update nemo.prompt_logs set response = '"canary"' where request_id = ${requestId}`,
  ).rejects.toMatchObject({ code: "NM400" });
});

it("reservations end what credit cannot cover, and are freed when the request is recorded", async () => {
  const poor = await abFixture(db, 1);
  const hash = await makeKey(poor, "k");
  const ask = (id: string) =>
    asGateway<Resolved>(
      db,
      "gateway_resolve",
      [{ index: 0, key_hash: hash, template: poor.template, model: "gpt-5" }],
      [
        // $10 for a million generated tokens: this one request reserves all of the five dollars.
        { selector: 0, request_id: id, prompt_tokens: 0, output_tokens: 500_000 },
      ],
    );
  const first = uuidv7();
  expect((await ask(first)).refused).toEqual({});
  const second = uuidv7();
  expect((await ask(second)).refused).toEqual({ [second]: "credit" });
  await record([
    { key_hash: hash, request_id: first, model: "gpt-5", prompt_tokens: 1, completion_tokens: 1 },
  ]);
  expect((await ask(uuidv7())).refused).toEqual({});
});

it("requests of a gateway that died are logged and charged when their lease ends", async () => {
  const requestId = uuidv7();
  await resolve({ template: team.template, model: "gpt-4o" }, requestId);
  await db.sql`update nemo_private.in_flight set lease_until = now() - interval '1 second' where request_id = ${requestId}`;
  await asGateway(db, "gateway_maintain");
  const rows = await db.sql`
    select l.error_code, l.usage_estimated, l.prompt_tokens, c.amount_nanousd::text as charged
    from nemo.prompt_logs l join nemo.credit_ledger c using (request_id) where request_id = ${requestId}`;
  expect([...rows]).toEqual([
    { error_code: "gateway_interrupted", usage_estimated: true, prompt_tokens: 100, charged: "-250000" },
  ]);
});

it("requests per minute are exact under simultaneous look-ups", async () => {
  const hash = await makeKey(team, "limited");
  await db.sql`update nemo.api_keys k set requests_per_minute = 7 from nemo_private.api_key_hashes h where h.api_key_id = k.id and h.key_hash = ${hash}`;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => resolve({ key_hash: hash, template: team.template })),
  );
  expect(answers.filter((answer) => Object.keys(answer.refused).length === 0)).toHaveLength(7);
});

it("a histogram with another one added is the sum of both", async () => {
  for (const [total, more] of [
    [{}, {}],
    [{}, { "7": 2 }],
    [{ "7": 2 }, {}],
    [
      { "-3": 1, "7": 2, "9": 5 },
      { "7": 40, "8": 1 },
    ],
  ]) {
    const rows = await db.sql`
      select nemo_private.add_histogram(${db.sql.json(total as never)}, ${db.sql.json(more as never)}) as added,
        nemo_private.sum_histograms(array[${db.sql.json(total as never)}, ${db.sql.json(more as never)}]::jsonb[]) as summed`;
    expect(rows[0]?.added).toEqual(rows[0]?.summed);
  }
});

it("the gateway's role reads no table, and no version without a key of its organization", async () => {
  for (const table of ["prompt_versions", "prompt_logs", "credit_ledger", "api_keys"]) {
    await expect(
      db.asRole("nemo_gateway", null, (tx) => tx.unsafe(`select * from nemo.${table}`)),
    ).rejects.toMatchObject({ code: "42501" });
  }
  const stranger = await abFixture(db, 1);
  expect(
    await asGateway(db, "gateway_versions", [
      { key_hash: keyHash, template_id: stranger.template, version: 1 },
    ]),
  ).toEqual([]);
  expect(
    await asGateway(db, "gateway_versions", [{ key_hash: keyHash, template_id: team.template, version: 1 }]),
  ).toHaveLength(1);
});
