import { createHash, randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture } from "./support/ab-fixture.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** gpt-5 costs $10 for a million generated tokens, so this many cost ten cents. */
const TEN_CENTS_OF_TOKENS = 10_000;
const TEN_CENTS = 100_000_000;

/** An organization with this much credit left, and what its gateway does. */
async function payer(balance: number) {
  const team: AbFixture = await abFixture(db, 1);
  const { key } = await team.call<{ key: string }>(
    (tx) => tx`select key from nemo.create_api_key(${team.organization}, 'tests')`,
  );
  const key_hash = createHash("sha256").update(key).digest("hex");
  await db.sql`update nemo_private.credit_balances set balance_nanousd = ${balance} where organization_id = ${team.organization}`;
  const asGateway = async (call: string, ...json: object[]) => {
    const rows = await db.asRole("nemo_gateway", null, (tx) =>
      tx.unsafe(
        `select nemo_private.${call} as answer`,
        json.map((one) => JSON.stringify(one)),
      ),
    );
    return rows[0]?.answer;
  };
  /** One look-up for this many requests; answers the ids that were let in. */
  const admit = async (requests: number, model = "gpt-5"): Promise<string[]> => {
    const ids = Array.from({ length: requests }, () => uuidv7());
    const { refused } = await asGateway(
      "gateway_resolve($1::text::jsonb, $2::text::jsonb)",
      [{ index: 0, key_hash, template: team.template, model }],
      ids.map((request_id) => ({
        selector: 0,
        request_id,
        prompt_tokens: 0,
        output_tokens: TEN_CENTS_OF_TOKENS,
      })),
    );
    return ids.filter((id) => refused[id] === undefined);
  };
  const record = (ids: string[], more: object = {}) =>
    asGateway(
      `gateway_record('${randomUUID()}', $1::text::jsonb)`,
      ids.map((request_id) => ({
        request_id,
        key_hash,
        model: "gpt-5",
        provider: "platform",
        status: 200,
        prompt_tokens: 0,
        completion_tokens: TEN_CENTS_OF_TOKENS,
        ...more,
      })),
    );
  const balanceNow = async () => {
    const rows =
      await db.sql`select balance_nanousd::text as b from nemo_private.credit_balances where organization_id = ${team.organization}`;
    return Number(rows[0]?.b);
  };
  const charges = async (ids: string[]) =>
    (await db.sql`select from nemo.credit_ledger where request_id = any (${ids})`).length;
  return { team, admit, record, balanceNow, charges };
}

it("many at once on a nearly empty credit overdraw by less than one reservation", async () => {
  const { admit, record, balanceNow, charges } = await payer(10 * TEN_CENTS - 1);
  const admitted = (await Promise.all(Array.from({ length: 12 }, () => admit(4)))).flat();
  // The tenth still finds a nano-dollar short of ten cents, and is let in.
  expect(admitted).toHaveLength(10);
  await record(admitted);
  expect(await balanceNow()).toBe(-1);
  expect(await charges(admitted)).toBe(10);
  expect(await admit(1)).toEqual([]);
});

it("large requests at once do not reserve the same dollars, though the credit is far from empty", async () => {
  const { admit, record, balanceNow } = await payer(50 * TEN_CENTS);
  const admitted = (await Promise.all(Array.from({ length: 10 }, () => admit(10)))).flat();
  expect(admitted).toHaveLength(50);
  await record(admitted);
  expect(await balanceNow()).toBe(0);
});

it("adding up reservations never reads the whole table, however few its rows seem", async () => {
  const { team, admit } = await payer(50 * TEN_CENTS);
  await admit(1);
  // What tempts a planner into reading the whole table: most of it belongs to who asks.
  await db.sql`
    insert into nemo_private.in_flight (request_id, organization_id, api_key_id, key_hash, reserved_nanousd, lease_until)
    select gen_random_uuid(), ${team.organization}, gen_random_uuid(), 'x', 1, now() + interval '1 hour' from generate_series(1, 2000)`;
  await db.sql`analyze nemo_private.in_flight`;
  const scans = await db.sql.begin(async (tx) => {
    await tx`select nemo_private.free_credit(${team.organization})`;
    return await tx`select seq_scan::int as whole, idx_scan::int as by_index from pg_stat_xact_user_tables where relname = 'in_flight'`;
  });
  expect([...scans]).toEqual([{ whole: 0, by_index: 1 }]);
});

it("a request recorded by several processes at once is charged once", async () => {
  const { admit, record, balanceNow, charges } = await payer(10 * TEN_CENTS);
  const [id] = (await admit(1)) as [string];
  await Promise.all(Array.from({ length: 5 }, () => record([id])));
  expect([await charges([id]), await balanceNow()]).toEqual([1, 9 * TEN_CENTS]);
});

it("a gateway that dies while a request is under way leaves it charged once, also if it was not dead after all", async () => {
  const { admit, record, charges, balanceNow } = await payer(10 * TEN_CENTS);
  const [id] = (await admit(1)) as [string];
  // What a renewal says of a request whose usage is not known yet.
  await db.sql`update nemo_private.in_flight set prompt_tokens = 8000, lease_until = now() - interval '1 second',
    progress = '{"provider": "platform", "model": "gpt-5", "prompt_tokens": null}' where request_id = ${id}`;
  await db.sql`select nemo_private.settle_lost_requests()`;
  // $1.25 for a million tokens of prompt.
  expect([await charges([id]), await balanceNow()]).toEqual([1, 9.9 * TEN_CENTS]);
  await record([id]);
  expect([await charges([id]), await balanceNow()]).toEqual([1, 9.9 * TEN_CENTS]);
});

it("an own provider's request that is lost is logged with its cost, and not charged", async () => {
  const { team, admit, charges, balanceNow } = await payer(10 * TEN_CENTS);
  await db.sql`insert into nemo.provider_connections (organization_id, name, base_url) values (${team.organization}, 'acme', 'https://api.example.com/v1')`;
  const [id] = (await admit(1, "acme/gpt-5")) as [string];
  const held =
    await db.sql`select reserved_nanousd::int as reserved, provider from nemo_private.in_flight where request_id = ${id}`;
  expect([...held]).toEqual([{ reserved: 0, provider: "acme" }]);
  await db.sql`update nemo_private.in_flight set prompt_tokens = 8000, lease_until = now() - interval '1 second' where request_id = ${id}`;
  await db.sql`select nemo_private.settle_lost_requests()`;
  expect([await charges([id]), await balanceNow()]).toEqual([0, 10 * TEN_CENTS]);
});

it("an own provider's request has the organization's own price, and a model without any has none", async () => {
  const { team, record, charges } = await payer(10 * TEN_CENTS);
  await team.call((tx) => tx`select set_model_price(${team.organization}, 'in-house', 0, 0, 1000000000)`);
  const [priced, unpriced] = [uuidv7(), uuidv7()];
  await record([priced], { provider: "acme", model: "in-house" });
  await record([unpriced], { provider: "acme", model: "nobody-knows" });
  const rows =
    await db.sql`select cost_nanousd::text as cost from nemo.prompt_logs where request_id in (${priced}, ${unpriced}) order by request_id`;
  expect(rows.map(({ cost }) => cost)).toEqual(["10000000", null]);
  expect(await charges([priced, unpriced])).toBe(0);
});

it("an absurd price of one organization's keeps nobody's requests from being recorded", async () => {
  const { team, record } = await payer(10 * TEN_CENTS);
  const price = 10 ** 15;
  await team.call(
    (tx) => tx`select set_model_price(${team.organization}, 'gold', ${price}, ${price}, ${price})`,
  );
  const ids = Array.from({ length: 12 }, () => uuidv7());
  const most = 2 ** 31 - 1;
  const used = { provider: "acme", model: "gold", prompt_tokens: most, completion_tokens: most };
  await record(ids.slice(0, 6), used);
  await record(ids.slice(6), used);
  const [sums] = await db.sql`
    select (select sum(requests)::int from nemo.prompt_rollups where organization_id = ${team.organization}) as requests,
      (select spent_nanousd::text from nemo.api_keys k join nemo_private.key_spending s on s.api_key_id = k.id
       where k.organization_id = ${team.organization}) as spent`;
  expect(sums).toEqual({ requests: 12, spent: "9000000000000000000" });
  const [whole] = await team.call<{ cost_nanousd: string }[]>(async (tx) => [
    await tx`select cost_nanousd from usage_series(${team.organization}, now() - interval '1 day') where scope = 'whole'`,
  ]);
  expect(whole!.cost_nanousd).toBe("9000000000000000000");
});

it("more cached tokens than the prompt has cost what the prompt costs, and never less than nothing", async () => {
  const { record, balanceNow } = await payer(10 * TEN_CENTS);
  await record([uuidv7()], { prompt_tokens: 8000, cached_tokens: 8_000_000, completion_tokens: 0 });
  // $0.125 for a million cached tokens.
  expect(await balanceNow()).toBe(10 * TEN_CENTS - 1_000_000);
});

it("a lost request that cannot be recorded keeps no other from being settled", async () => {
  const { admit, charges } = await payer(10 * TEN_CENTS);
  const [good, bad] = (await admit(2)) as [string, string];
  await db.sql`update nemo_private.in_flight set lease_until = now() - interval '1 second',
    progress = case when request_id = ${bad} then '{"latency_ms": "never"}' else '{"completion_tokens": 10}' end::jsonb
    where request_id in (${good}, ${bad})`;
  await db.sql`select nemo_private.settle_lost_requests()`;
  expect(await charges([good, bad])).toBe(1);
  expect(await db.sql`select from nemo_private.in_flight where request_id in (${good}, ${bad})`).toEqual([]);
});

it("a price begins with its day in UTC, wherever the session believes to be", async () => {
  const beginsAt = (zone: string) =>
    db.sql.begin(async (tx) => {
      await tx`select set_config('timezone', ${zone}, true)`;
      const [row] = await tx`select (nemo_private.price_of(null, 'dawn')).valid_from as day`;
      return row?.day ?? null;
    });
  await db.sql`
    insert into nemo.model_prices (model, input_nanousd_per_mtok, cached_input_nanousd_per_mtok, output_nanousd_per_mtok, valid_from)
    values ('dawn', 1, 1, 1, (now() at time zone 'UTC')::date + 1)`;
  // A day and a half ahead of UTC: there it is tomorrow, at whatever time this runs.
  expect(await beginsAt("<ahead>-36")).toBeNull();
  await db.sql`update nemo.model_prices set valid_from = valid_from - 1 where model = 'dawn'`;
  expect(await beginsAt("<behind>+36")).not.toBeNull();
});
