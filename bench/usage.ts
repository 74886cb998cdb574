/**
 * How long the analytics page waits for its figures.
 *
 * Workload: one organization with 10 million requests in the last 90 days, by 20 templates, two models and two keys,
 * which are 86 400 hourly rollups of 25 latency buckets each; beside it 200 organizations with 500 rollups each.
 * `usage_series` and `usage_choices` are called as PostgREST calls them for a member: a transaction that sets role and
 * claims, and the call. Only the call is timed.
 * Command: npm run bench -- usage
 * Target: a month by day, split by template, in at most 1 s (the page's widest usual question).
 */
import { appendFileSync, mkdirSync } from "node:fs";
import postgres, { type Sql } from "postgres";
import { startThrowAwayDatabase } from "../local/postgres/throw-away-database.ts";

const DAYS = 90;
const TEMPLATES = 20;
const REQUESTS = 10_000_000;
const OTHERS = 200;
const ROUNDS = 15;
const TARGET_MS = 1000;

/** Straight into the tables with foreign keys and triggers off: history of this size has no other quick way in. */
async function fill(admin: Sql): Promise<{ userId: string; organizationId: string }> {
  await admin`set session_replication_role = replica`;
  const [user] =
    await admin`insert into auth.users (id, email) values (gen_random_uuid(), 'reader@bench.test') returning id`;
  const [organization] =
    await admin`insert into nemo.organizations (name) values ('Ten million requests') returning id`;
  await admin`insert into nemo.memberships (organization_id, user_id, role) values (${organization!.id}, ${user!.id}, 'viewer')`;
  // Every template asks in every second hour of one model and key, so that a rollup is one hour of one of each.
  const rows = TEMPLATES * DAYS * 24 * 2;
  const each = Math.round(REQUESTS / rows);
  await admin`
    insert into nemo.prompt_rollups (organization_id, template_id, hour, version, model, api_key_id, requests, errors,
      cost_nanousd, prompt_tokens, completion_tokens, latency_histogram)
    select ${organization!.id}, 'tpl_' || lpad(t::text, 24, '0'), date_trunc('hour', now()) - make_interval(hours => h), 1 + h % 3,
      (array['gpt-4o', 'gpt-4o-mini'])[m], ('00000000-0000-4000-8000-00000000000' || m)::uuid, ${each}, 1, ${each} * 100000::bigint,
      ${each} * 400, ${each} * 100, l.histogram
    from generate_series(1, ${TEMPLATES}) t, generate_series(0, ${DAYS * 24 - 1}) h, generate_series(1, 2) m
    cross join lateral (select jsonb_object_agg(150 + (t + h + b) % 80, 1 + b % 7) as histogram from generate_series(1, 25) b) l`;
  await admin`
    with others as (insert into nemo.organizations (name) select 'Organization ' || i from generate_series(1, ${OTHERS}) i returning id)
    insert into nemo.prompt_rollups (organization_id, hour, model, requests, latency_histogram)
    select o.id, date_trunc('hour', now()) - make_interval(hours => h), 'gpt-4o', 10, '{"150": 10}'
    from others o, generate_series(1, 500) h`;
  await admin`set session_replication_role = origin`;
  await admin`vacuum analyze nemo.prompt_rollups`;
  return { userId: user!.id, organizationId: organization!.id };
}

async function timed(sql: Sql, userId: string, call: string): Promise<number> {
  return await sql.begin(async (tx) => {
    const claims = JSON.stringify({ sub: userId, role: "authenticated" });
    await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`;
    const start = performance.now();
    const rows = await tx.unsafe(`select * from nemo.${call}`);
    const elapsed = performance.now() - start;
    if (rows.length === 0) throw new Error(`${call} answers nothing`);
    return elapsed;
  });
}

const database = await startThrowAwayDatabase();
try {
  const admin = postgres(database.url("supabase_admin"), { max: 1, onnotice: () => {} });
  const { userId, organizationId } = await fill(admin);
  const since = (days: number) => `'${organizationId}', now() - interval '${days} days'`;
  const questions: readonly (readonly [name: string, call: string])[] = [
    ["a day by hour", `usage_series(${since(1)}, 'hour')`],
    ["a week by hour, split by model", `usage_series(${since(7)}, 'hour', 'model')`],
    ["a month by day, split by template", `usage_series(${since(30)}, 'day', 'template')`],
    ["a quarter by day, split by template", `usage_series(${since(DAYS)}, 'day', 'template')`],
    ["what can be filtered by", `usage_choices('${organizationId}')`],
  ];
  const results: Record<string, number> = {};
  for (const [name, call] of questions) {
    const times: number[] = [];
    for (let round = -2; round < ROUNDS; round++) {
      const elapsed = await timed(admin, userId, call);
      if (round >= 0) times.push(elapsed);
    }
    times.sort((a, b) => a - b);
    const [median, slowest] = [times[Math.floor(times.length / 2)]!, times.at(-1)!];
    results[name] = median;
    console.log(`${name.padEnd(38)} median ${median.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms`);
  }
  mkdirSync("output", { recursive: true });
  const line = { bench: "usage", at: new Date().toISOString(), median_ms: results };
  appendFileSync("output/bench.jsonl", `${JSON.stringify(line)}\n`);
  if ((results["a month by day, split by template"] ?? 0) > TARGET_MS) process.exitCode = 1;
  await admin.end();
} finally {
  await database.stop();
}
