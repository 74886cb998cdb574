/**
 * Runs the benchmarks, each in a process of its own: npm run bench [-- name …]
 *
 * A benchmark is a file `bench/<name>.ts` whose header says workload and command. Results are printed, and appended
 * as one JSON line each to output/bench.jsonl by those that measure figures to be compared over time.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const available = readdirSync(here)
  .filter((name) => name.endsWith(".ts") && name !== "run.ts" && !name.endsWith(".test.ts"))
  .map((name) => name.replace(/\.ts$/, ""));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !available.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`No such benchmark: ${unknown.join(", ")}. There are: ${available.join(", ")}\n`);
  process.exit(2);
}
let failed = false;
for (const name of asked.length > 0 ? asked : available) {
  process.stdout.write(`\n== ${name}\n`);
  const run = spawnSync(process.execPath, [`${here}${name}.ts`], { stdio: "inherit" });
  failed ||= run.status !== 0;
}
process.exit(failed ? 1 : 0);
