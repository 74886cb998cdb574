import { expect } from "vitest";
import type { Filter, UsedOrganization } from "./used-organization.ts";

const DAY = 86_400_000;

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

// Twelve days, the first of them in part.
const SINCE = new Date(Math.floor(Date.now() / DAY) * DAY - 12 * DAY + 5 * 3_600_000);

/** What usage_series answers to a member. */
export const askUsage = (
  { db, team }: UsedOrganization,
  split: string | null,
  filter: Filter,
  step = "day",
  from = SINCE,
) =>
  db.asUser(
    team.user,
    (tx) => tx<Row[]>`
      select * from nemo.usage_series(${team.organization}, ${from}, ${step}, ${split}, ${filter.template_id ?? null},
        ${filter.version ?? null}, ${filter.variant ?? null}, ${filter.api_key_id ?? null}, ${filter.model ?? null})`,
  );

/** The same from the log alone, row by row. */
async function recount(
  { db, team }: UsedOrganization,
  split: string | null,
  filter: Filter,
  step: string,
  from: Date,
) {
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
export async function expectExact(
  used: UsedOrganization,
  split: string | null,
  filter: Filter,
  step = "day",
  from = SINCE,
): Promise<void> {
  const rows = await askUsage(used, split, filter, step, from);
  const logs = await recount(used, split, filter, step, from);
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
export async function expectAllExact(used: UsedOrganization, every = 1): Promise<void> {
  for (let index = 0; index < used.questions.length; index += every)
    await expectExact(used, ...used.questions[index]!);
}
