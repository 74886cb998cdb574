/**
 * How often the recommendation rules are right: every rule over the labelled prompts in bench/recommend/labelled.
 *
 * npm run bench -- recommend                    precision and recall per rule, for each split, and the time taken
 * node bench/recommend.ts --misses [fresh-dev]  also lists every disagreement (only those of a split when named)
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { analysePrompt } from "../supabase/functions/_shared/core/recommend/analyse-prompt.ts";
import { RULE_NAMES } from "../supabase/functions/_shared/core/recommend/types.ts";
import {
  measure,
  messagesOf,
  precision,
  readLabelled,
  recall,
  SPLITS,
  type Split,
} from "./recommend/measure.ts";

const prompts = readLabelled();
const flags = process.argv.slice(2);
const named = SPLITS.filter((split) => flags.includes(split));
const splits = named.length > 0 ? named : SPLITS;
const percent = (value: number) => `${(100 * value).toFixed(0)} %`.padStart(6);
const results: Record<string, unknown> = {};

for (const split of splits) report(split);
if (named.length === 0) reportTime();

function report(split: Split): void {
  const chosen = prompts.filter((prompt) => prompt.split === split);
  const { scores, misses } = measure(chosen);
  process.stdout.write(
    `\n${split}: ${chosen.length} prompts\n${"rule".padEnd(28)}labels  precision  recall\n`,
  );
  for (const rule of RULE_NAMES) {
    const score = scores.get(rule)!;
    const labels = String(score.right + score.missed).padStart(6);
    process.stdout.write(
      `${rule.padEnd(28)}${labels}     ${percent(precision(score))}  ${percent(recall(score))}\n`,
    );
  }
  const all = [...scores.values()].reduce((sum, one) => ({
    right: sum.right + one.right,
    wrong: sum.wrong + one.wrong,
    missed: sum.missed + one.missed,
  }));
  process.stdout.write(
    `${"all rules".padEnd(28)}${String(all.right + all.missed).padStart(6)}     ${percent(precision(all))}  ${percent(recall(all))}\n`,
  );
  results[split] = Object.fromEntries(scores);
  if (flags.includes("--misses"))
    for (const miss of misses)
      process.stdout.write(
        `  ${miss.kind.padEnd(7)} ${miss.rule.padEnd(26)} ${miss.id.padEnd(14)} ${miss.text.replace(/\s+/g, " ").slice(0, 100)}\n`,
      );
}

function reportTime(): void {
  const times = prompts.map((prompt) => {
    const messages = messagesOf(prompt);
    const started = performance.now();
    analysePrompt({ messages });
    return performance.now() - started;
  });
  times.sort((a, b) => a - b);
  const [median, slowest] = [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0];
  process.stdout.write(`\none prompt: median ${median.toFixed(2)} ms, slowest ${slowest.toFixed(2)} ms\n`);
  mkdirSync("output", { recursive: true });
  const line = {
    bench: "recommend",
    at: new Date().toISOString(),
    ...results,
    median_ms: median,
    slowest_ms: slowest,
  };
  appendFileSync("output/bench.jsonl", `${JSON.stringify(line)}\n`);
}
