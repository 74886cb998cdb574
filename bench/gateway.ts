/**
 * The gateway beside a bare Deno pass-through and Portkey's open gateway, all in front of the same provider.
 *
 * npm run bench -- gateway
 *
 * Workload: c=32 JSON (requests per second, processor time per request, memory), c=1 JSON (latency), c=16
 * event streams of 100 chunks 20 ms apart (first byte, processor time per chunk) and of 50 at full speed (streams
 * per second); then cold starts, and for this gateway alone: whether every answer is in log and ledger, also after
 * kill -9, and how long an activation takes under load and whether an answer is stale. Last it prints every
 * target of docs/performance.md with `met` or `not met`. About four minutes.
 *
 * Targets take turns round after round, pinned to one core, with provider, load and Postgres (which waits for
 * its disk) on another; printed are medians over rounds, of figures and of ratios within a round. Only ratios mean
 * anything on a machine that is shared; there root takes precedence over other work with `chrt -r 1 node bench/gateway.ts`,
 * but processes that share a core then take turns of 100 ms, which Postgres' writes wait for. Linux only. Portkey is installed under .nemo/bench-peers the first time.
 *
 * NEMO_BENCH_PARTS=throughput,latency and NEMO_BENCH_TARGETS=floor,ours choose, NEMO_BENCH_ROUNDS says how often.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { measureActivation } from "./gateway/activation.ts";
import { startBenchDatabase } from "./gateway/bench-database.ts";
import { measureColdStarts } from "./gateway/cold-start.ts";
import { measureDurability } from "./gateway/durability.ts";
import { load } from "./gateway/load.ts";
import { printTable } from "./gateway/print-table.ts";
import { pin } from "./gateway/process-figures.ts";
import { startProgram } from "./gateway/program.ts";
import { PARTS, type Rounds } from "./gateway/rounds.ts";
import { STARTERS, type Surroundings, type Target } from "./gateway/targets.ts";
import { printVerdict, type Results } from "./gateway/verdict.ts";

const listed = (name: string) => process.env[name]?.split(",").map((part) => part.trim());
const onlyParts = listed("NEMO_BENCH_PARTS");
const onlyTargets = listed("NEMO_BENCH_TARGETS");
const roundsOf = (usual: number) => Number(process.env.NEMO_BENCH_ROUNDS ?? usual);
const isTarget = (name: string) => onlyTargets?.includes(name) ?? true;
const wanted = (part: string) => onlyParts?.includes(part) ?? true;
const MEASURED_CORE = 0;
const OTHER_CORE = 1;

async function startTargets(around: Surroundings): Promise<Map<string, Target>> {
  const names = new Set(PARTS.filter(({ name }) => wanted(name)).flatMap(({ targets }) => targets));
  const started = new Map<string, Target>();
  for (const name of names) {
    if (!isTarget(name)) continue;
    const target = await STARTERS[name]!(around, name);
    started.set(name, target);
    await warmUp(target);
    if (target.pid !== around.upstreamPid) pin(target.pid, MEASURED_CORE);
  }
  return started;
}

/** The first answers compile code and open connections, and belong to no measurement but the cold start. */
async function warmUp(target: Target): Promise<void> {
  const { port } = target;
  for (let attempt = 0; ; attempt++) {
    try {
      await load({ port, request: target.request(), concurrency: 32, seconds: 3, requests: 4_000 });
      const request = target.request({ chunks: 50, delay: 0 });
      await load({ port, request, concurrency: 16, seconds: 1, requests: 200 });
      return;
    } catch (error) {
      if (attempt === 40) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

async function takeTurns(targets: Map<string, Target>, postgresPid: number): Promise<Record<string, Rounds>> {
  const results: Record<string, Rounds> = {};
  for (const part of PARTS.filter(({ name }) => wanted(name))) {
    const rows: Rounds = {};
    for (let round = 0; round < roundsOf(part.rounds); round++) {
      for (const name of part.targets) {
        const target = targets.get(name);
        if (target) rows[name] = [...(rows[name] ?? []), await part.measure(target, postgresPid)];
      }
    }
    results[part.name] = rows;
    printTable(part.name, rows);
  }
  return results;
}

const database = await startBenchDatabase();
const provider = await startProgram(process.execPath, [
  fileURLToPath(new URL("./gateway/upstream.ts", import.meta.url)),
]);
for (const pid of [process.pid, provider.pid, database.server.pid]) pin(pid, OTHER_CORE);
const around: Surroundings = {
  upstream: `http://127.0.0.1:${provider.port}/v1`,
  upstreamPid: provider.pid,
  database,
};
const results: Results = { parts: {} };
try {
  const targets = await startTargets(around);
  results.parts = await takeTurns(targets, database.server.pid);
  for (const target of targets.values()) await target.stop();
  if (wanted("cold start"))
    results.parts["cold start"] = await measureColdStarts(around, roundsOf(5), isTarget);
  if (wanted("durability")) results.durability = await measureDurability(around);
  if (wanted("activation")) results.activation = await measureActivation(around);
  printVerdict(results);
} finally {
  await provider.stop();
  await database.stop();
}

mkdirSync(new URL("../output/", import.meta.url), { recursive: true });
const line = { bench: "gateway", at: new Date().toISOString(), results };
appendFileSync(new URL("../output/bench.jsonl", import.meta.url), `${JSON.stringify(line)}\n`);
process.exit(0);
