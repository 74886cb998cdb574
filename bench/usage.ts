/**
 * How long the dashboard waits for its figures and lists.
 *
 * Workload: one organization with 1 000 000 requests in the last 90 days, of 5 000 templates, three models and ten keys,
 * 160 000 more of a test by subject with 20 000 subjects, 200 000 audit entries and 5 000 recommendations. Everything a page
 * asks is asked as PostgREST asks it for a member: a transaction that sets role and claims, and the statement. Only the
 * statement is timed. Days are added up first, as the gateway has it done once a minute; today's requests are not.
 * Command: npm run bench -- usage
 * Targets: the questions of the analytics page over a quarter, without a filter, in at most 150 ms, those about a test in at most
 * 200 ms, any other but verifying the whole audit chain in at most 300 ms; medians.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import postgres, { type Sql } from "postgres";
import { startThrowAwayDatabase } from "../local/postgres/throw-away-database.ts";
import { fillBusyOrganization } from "./usage/busy-organization.ts";
import { PROMISED, questionsOf } from "./usage/questions.ts";

const ROUNDS = 9;

async function addUp(admin: Sql, testId: string): Promise<void> {
  const started = performance.now();
  let days = 0;
  for (let more = 1; more > 0; days += more) {
    const [row] = await admin`select nemo_private.fold_usage() as days`;
    more = row!.days as number;
  }
  const between = performance.now();
  await admin`select nemo_private.recount_subjects(${testId})`;
  await admin`vacuum analyze nemo_private.daily_usage, nemo_private.subject_growth, nemo_private.subject_sums`;
  const [size] = await admin`
    select pg_size_pretty(pg_total_relation_size('nemo_private.daily_usage')) as days, pg_size_pretty(pg_total_relation_size('nemo.prompt_rollups')) as hours`;
  console.log(
    `${days} days were added up in ${seconds(between - started)} s, subjects in ${seconds(performance.now() - between)} s`,
  );
  console.log(`days take ${size!.days}, hours ${size!.hours}`);
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

async function timed(sql: Sql, userId: string, statement: string): Promise<number> {
  return await sql.begin(async (tx) => {
    const claims = JSON.stringify({ sub: userId, role: "authenticated" });
    // What the members' role may not call is asked as the database asks it itself.
    const role = statement.includes("nemo_private.") ? "none" : "authenticated";
    await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', ${role}, true)`;
    const start = performance.now();
    await tx.unsafe(statement);
    return performance.now() - start;
  });
}

/** How many pages of 8 kB were looked at. */
async function pagesOf(sql: Sql, userId: string, statement: string): Promise<number> {
  return await sql.begin(async (tx) => {
    const claims = JSON.stringify({ sub: userId, role: "authenticated" });
    await tx`select set_config('request.jwt.claims', ${claims}, true)`;
    const rows = await tx.unsafe(`explain (analyze, buffers, format json) ${statement}`);
    const { Plan } = rows[0]!["QUERY PLAN"][0];
    return Plan["Shared Hit Blocks"] + Plan["Shared Read Blocks"];
  });
}

const database = await startThrowAwayDatabase();
try {
  const admin = postgres(database.url("supabase_admin"), { max: 1, onnotice: () => {} });
  const started = performance.now();
  const busy = await fillBusyOrganization(admin);
  console.log(`filled in ${seconds(performance.now() - started)} s`);
  await addUp(admin, busy.testId);
  const results: Record<string, number> = {};
  for (const [page, name, statement] of questionsOf(busy)) {
    const times: number[] = [];
    for (let round = -2; round < ROUNDS; round++) {
      const elapsed = await timed(admin, busy.userId, statement);
      if (round >= 0) times.push(elapsed);
    }
    times.sort((a, b) => a - b);
    const median = times[ROUNDS >> 1]!;
    const promised =
      page === "tests" ? PROMISED.test : /^a quarter by/.test(name) ? PROMISED.quarter : PROMISED.any;
    const verdict = median <= promised ? "" : `  over ${promised} ms`;
    results[`${page}: ${name}`] = median;
    const pages = await pagesOf(admin, busy.userId, statement);
    console.log(
      `${page.padEnd(16)}${name.padEnd(42)}${median.toFixed(1).padStart(8)} ms  (${times[0]!.toFixed(1)}–${times.at(-1)!.toFixed(1)})  ${pages} pages${verdict}`,
    );
    if (verdict) process.exitCode = 1;
  }
  mkdirSync("output", { recursive: true });
  const line = { bench: "usage", at: new Date().toISOString(), median_ms: results };
  appendFileSync("output/bench.jsonl", `${JSON.stringify(line)}\n`);
  await admin.end();
} finally {
  await database.stop();
}
