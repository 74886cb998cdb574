import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { type AbFixture, abFixture } from "./support/ab-fixture.ts";
import { asGateway } from "./support/as-gateway.ts";
import { makeKey } from "./support/make-key.ts";

const DAY = 86_400_000;
let db: TestDatabase;
let team: AbFixture;
let keys: string[];
const templates: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  team = await abFixture(db, 2);
  templates.push(team.template, ...(await Promise.all([1, 2, 3, 4, 5, 6].map(makeTemplate))));
  keys = await Promise.all(["one", "two"].map((name) => makeKey(team, name)));
});
afterAll(() => db.drop());

async function makeTemplate(index: number): Promise<string> {
  const name = `busy-${index}`;
  const made = await team.call<{ id: string }>(
    (tx) => tx`select id from nemo.create_template(${team.organization}, ${name})`,
  );
  return made.id;
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;

/** Requests as the gateway records them: of any template, version, variant, key and model, some of them failed. */
async function serve(count: number, daysAgo: () => number): Promise<string[]> {
  const items = Array.from({ length: count }, () => {
    const failed = Math.random() < 0.1;
    return {
      request_id: uuidv7({ msecs: Date.now() - daysAgo() * DAY }),
      key_hash: pick(keys),
      template_id: pick([...templates, templates[0], null]),
      version: pick([1, 2]),
      variant: pick(["A", "B", null]),
      model: pick(["gpt-4o", "gpt-4o-mini", "of-unknown-price"]),
      provider: "own",
      status: failed ? 502 : 200,
      error_code: failed ? "upstream_unreachable" : null,
      latency_ms: Math.exp(Math.random() * 9),
      prompt_tokens: Math.floor(Math.random() * 500),
      completion_tokens: Math.floor(Math.random() * 100),
    };
  });
  await asGateway(db, "gateway_record", randomUUID(), items);
  return items.map(({ request_id }) => request_id);
}

interface Row {
  scope: string;
  at: Date | null;
  part: string | null;
  requests: string;
  errors: string;
  cost_nanousd: string;
  unpriced: string;
  prompt_tokens: string;
  completion_tokens: string;
  latency_p50_ms: number | null;
  latency_p95_ms: number | null;
}

interface Log {
  at: Date;
  template: string | null;
  version: number | null;
  variant: string | null;
  key: string;
  model: string;
  failed: boolean;
  cost: string | null;
  prompt_tokens: number;
  completion_tokens: number;
  latency: number | null;
}

type Filter = {
  template_id?: string;
  version?: number;
  variant?: string;
  api_key_id?: string;
  model?: string;
};

const questions: [split: string | null, filter: Filter][] = [];
const splits = [null, "template", "version", "variant", "key", "model"];

// Twelve days, the first of them in part.
const since = new Date(Math.floor(Date.now() / DAY) * DAY - 12 * DAY + 5 * 3_600_000);

const ask = (split: string | null, filter: Filter, step = "day", from = since) =>
  db.asUser(
    team.user,
    (tx) => tx<Row[]>`
      select * from nemo.usage_series(${team.organization}, ${from}, ${step}, ${split}, ${filter.template_id ?? null},
        ${filter.version ?? null}, ${filter.variant ?? null}, ${filter.api_key_id ?? null}, ${filter.model ?? null})`,
  );

/** The same from the log alone, row by row. */
async function recount(split: string | null, filter: Filter, step = "day", from = since) {
  const logs = (await db.sql<Log[]>`
    select date_trunc(${step}, l.created_at, 'UTC') as at, l.template_id as template, l.version, l.variant, l.api_key_id as key, l.model,
      nemo_private.request_failed(l.status, l.error_code) as failed, l.cost_nanousd::text as cost, l.prompt_tokens, l.completion_tokens,
      case when l.status < 400 then l.latency_ms end as latency
    from nemo.prompt_logs l
    where l.organization_id = ${team.organization} and l.created_at >= date_trunc('hour', ${from}::timestamptz)
      and l.template_id is not distinct from coalesce(${filter.template_id ?? null}, l.template_id)
      and l.version is not distinct from coalesce(${filter.version ?? null}, l.version)
      and l.variant is not distinct from coalesce(${filter.variant ?? null}, l.variant)
      and l.api_key_id = coalesce(${filter.api_key_id ?? null}, l.api_key_id)
      and l.model = coalesce(${filter.model ?? null}, l.model)`) as Log[];
  const nameOf = (log: Log) => {
    if (split === null) return "all";
    if (split === "version") return log.template && log.version ? `${log.template} v${log.version}` : "none";
    return log[split as "template" | "variant" | "key" | "model"] ?? "none";
  };
  const counts = Map.groupBy(logs, nameOf);
  const busiest = [...counts]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, 5)
    .map(([name]) => name);
  const shown = (log: Log) => (busiest.includes(nameOf(log)) ? nameOf(log) : "other");
  const groups = new Map<string, Log[]>();
  for (const log of logs)
    for (const name of [`point ${log.at.toISOString()} ${shown(log)}`, `part  ${shown(log)}`, "whole  "])
      groups.set(name, [...(groups.get(name) ?? []), log]);
  return groups;
}

function rank(values: number[], quantile: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(quantile * (values.length - 1))];
}

/** What is answered is what the log says: every count exactly, every percentile within 2 % of the value of its rank. */
async function expectExact(split: string | null, filter: Filter, step = "day", from = since): Promise<void> {
  const rows = await ask(split, filter, step, from);
  const logs = await recount(split, filter, step, from);
  const named = new Map(
    rows.map((row) => [`${row.scope} ${row.at?.toISOString() ?? ""} ${row.part ?? ""}`, row]),
  );
  expect([...named.keys()].sort()).toEqual([...logs.keys()].sort());
  for (const [name, group] of logs) {
    const row = named.get(name)!;
    const sum = (of: (log: Log) => number | boolean) =>
      group.reduce((total, log) => total + Number(of(log)), 0);
    const counted = [
      row.requests,
      row.errors,
      row.cost_nanousd,
      row.unpriced,
      row.prompt_tokens,
      row.completion_tokens,
    ];
    expect(counted.map(Number), `${split} ${JSON.stringify(filter)} ${name}`).toEqual([
      group.length,
      sum((log) => log.failed),
      sum((log) => Number(log.cost ?? 0)),
      sum((log) => log.cost === null),
      sum((log) => log.prompt_tokens),
      sum((log) => log.completion_tokens),
    ]);
    const latencies = group.flatMap(({ latency }) => latency ?? []);
    for (const [answer, quantile] of [
      [row.latency_p50_ms, 0.5],
      [row.latency_p95_ms, 0.95],
    ] as const) {
      const exact = rank(latencies, quantile);
      if (exact === undefined) expect(answer).toBeNull();
      else expect(Math.abs(answer! / exact - 1), `${name} p${quantile * 100}`).toBeLessThanOrEqual(0.02);
    }
  }
}

/** Each question, or every so manieth of them. */
async function expectAllExact(every = 1): Promise<void> {
  for (let index = 0; index < questions.length; index += every) await expectExact(...questions[index]!);
}

const folded = () =>
  db.sql<{ days: number }[]>`
    select count(*)::int as days from nemo_private.daily_usage where organization_id = ${team.organization} and grain = 'all'`;

const fold = async () => Number(await asGateway<number>(db, "gateway_fold"));

it("every question is answered exactly: before days are added up, after, and with some of them", async () => {
  await serve(600, () => 1.5 + Math.random() * 12);
  await serve(100, () => Math.random() / 24);
  const [{ id: api_key_id }] = (await db.sql`
    select id from nemo.api_keys where organization_id = ${team.organization} order by id limit 1`) as unknown as [
    { id: string },
  ];
  for (const split of splits)
    for (const filter of [
      {},
      { template_id: templates[0]! },
      { version: 2 },
      { variant: "B" },
      { api_key_id },
      { model: "gpt-4o" },
      { template_id: templates[0]!, model: "gpt-4o", variant: "A" },
      { api_key_id, model: "gpt-4o" },
    ])
      questions.push([split, filter]);
  await expectAllExact();
  // With no time to spare one day is added up, of one organization.
  while ((await folded())[0]!.days === 0) await db.sql`select nemo_private.fold_usage('0')`;
  expect((await folded())[0]!.days).toBe(1);
  await expectAllExact();
  expect(await fold()).toBeGreaterThan(8);
  await expectAllExact();
  await expectExact("template", {}, "day", new Date(Math.floor(Date.now() / DAY) * DAY - 7 * DAY));
  await expectExact("model", {}, "hour");
});

it("requests are found by what they are, in days that are added up and in others", async () => {
  for (const [, filter] of questions) {
    const found = await db.asUser(
      team.user,
      (tx) => tx`
        select request_id from nemo.prompt_log_entries(${team.organization}, max => 1000, template_id => ${filter.template_id ?? null},
          version => ${filter.version ?? null}, variant => ${filter.variant ?? null}, api_key_id => ${filter.api_key_id ?? null}, model => ${filter.model ?? null})`,
    );
    const logged = await db.sql`
      select l.request_id from nemo.prompt_logs l
      where l.organization_id = ${team.organization}
        and (${filter.template_id ?? null}::text is null or l.template_id = ${filter.template_id ?? null})
        and (${filter.version ?? null}::integer is null or l.version = ${filter.version ?? null})
        and (${filter.variant ?? null}::text is null or l.variant = ${filter.variant ?? null})
        and (${filter.api_key_id ?? null}::uuid is null or l.api_key_id = ${filter.api_key_id ?? null})
        and (${filter.model ?? null}::text is null or l.model = ${filter.model ?? null})
      order by l.created_at desc, l.request_id desc`;
    expect([...found], JSON.stringify(filter)).toEqual([...logged]);
  }
});

it("adding up again changes nothing, and there is nothing left to add up", async () => {
  const all = () =>
    db.sql`select * from nemo_private.daily_usage order by day, grain, template_id, version, variant, api_key_id, model`;
  const before = [...(await all())];
  expect(await fold()).toBe(0);
  await db.sql`delete from nemo_private.usage_folded`;
  expect(await fold()).toBeGreaterThan(8);
  expect([...(await all())]).toEqual(before);
});

it("a late request of a day that is added up counts at once, and after the day is added up again", async () => {
  await serve(20, () => 3.5);
  const [stale] = await db.sql`select count(*)::int as n from nemo_private.stale_usage`;
  expect(stale!.n).toBe(1);
  await expectAllExact(7);
  expect(await fold()).toBe(1);
  expect([...(await db.sql`select * from nemo_private.stale_usage`)]).toEqual([]);
  await expectAllExact(7);
});

it("who writes a late request waits for whoever adds that organization's days up, so that neither misses the other", async () => {
  const folding = db.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(nemo_private.usage_lock(${team.organization}))`;
    const written = serve(1, () => 4.5);
    const first = await Promise.race([written, new Promise((resolve) => setTimeout(resolve, 300, "waits"))]);
    expect(first).toBe("waits");
    // Who adds up does not wait, but leaves the organization to the next time.
    expect(await fold()).toBe(0);
    return () => written;
  });
  await (await folding)();
  expect(await fold()).toBe(1);
  await expectAllExact(7);
});

it("feedback, deleting a template, another data policy and purging the log change nothing of what was used", async () => {
  const before = await Promise.all(questions.map(([split, filter]) => ask(split, filter)));
  const [log] = await db.sql`
    select request_id from nemo.prompt_logs where created_at < now() - interval '3 days' and status = 200 limit 1`;
  await asGateway(db, "gateway_feedback", keys[0]!, { request_id: log!.request_id, score: 0.5 });
  await team.call((tx) => tx`select * from nemo.delete_template(${templates[1]!})`);
  await db.sql`update nemo.organizations set log_retention_days = 5 where id = ${team.organization}`;
  await db.sql`select nemo_private.apply_log_retention()`;
  await team.call((tx) => tx`select * from nemo.set_data_policy(${team.organization}, 'none')`);
  await team.call((tx) => tx`select nemo.purge_logs(${team.organization})`);
  expect([...(await db.sql`select * from nemo.prompt_logs`)]).toEqual([]);
  expect(await Promise.all(questions.map(([split, filter]) => ask(split, filter)))).toEqual(before);
  await fold();
  expect(await Promise.all(questions.map(([split, filter]) => ask(split, filter)))).toEqual(before);
});

it("what can be filtered by is known of days that are added up and of today", async () => {
  const [choices] = await db.asUser(
    team.user,
    (tx) => tx`select * from nemo.usage_choices(${team.organization}, ${templates[0]!})`,
  );
  expect(choices).toEqual({
    models: ["gpt-4o", "gpt-4o-mini", "of-unknown-price"],
    variants: ["A", "B"],
    versions: [1, 2],
  });
  const [all] = await db.asUser(
    team.user,
    (tx) => tx`select * from nemo.usage_choices(${team.organization})`,
  );
  expect(all).toEqual({
    models: ["gpt-4o", "gpt-4o-mini", "of-unknown-price"],
    variants: ["A", "B"],
    versions: null,
  });
});

it("an organization that is deleted leaves none of it", async () => {
  await team.call((tx) => tx`select nemo.delete_organization(${team.organization})`);
  const rows = await db.sql`
    select organization_id from nemo_private.daily_usage union all select organization_id from nemo_private.usage_folded
    union all select organization_id from nemo_private.stale_usage where organization_id = ${team.organization}`;
  expect([...rows].filter((row) => row.organization_id === team.organization)).toEqual([]);
});
