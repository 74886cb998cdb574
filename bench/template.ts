/**
 * The template engine beside those it is measured against, on the templates in bench/templates.
 *
 * npm run bench -- template
 *
 * Parsing: this engine's parser against nunjucks' own. Rendering: a parsed template with variables of a few
 * kilobytes, against nunjucks' compiled code (which neither copies variables nor counts steps) and
 * @huggingface/jinja. The engines take turns in small rounds, so that all feel the same machine; medians of
 * the rounds in microseconds. Size: gzipped, minified, of what a browser loads before it renders anything, beyond
 * what nunjucks' parser takes by itself; beside it each part that it fetches when a template needs one.
 * Fails when a target is missed.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Template as HuggingFaceTemplate } from "@huggingface/jinja";
import nunjucks from "nunjucks";
import nunjucksParser from "nunjucks/src/parser.js";
import { parseTemplate } from "../supabase/functions/_shared/core/template/parse-template.ts";
import { renderTemplate } from "../supabase/functions/_shared/core/template/render-template.ts";
import { bundledSize, FIRST_KILOBYTES } from "./templates/bundled-size.ts";
import { variables as variablesByFile } from "./templates/variables.ts";

const TARGETS = { parse: 1.2, render: 3, huggingFace: 1, kilobytes: FIRST_KILOBYTES };
const ROUNDS = 60;
const MILLISECONDS_PER_ROUND = 4;

const folder = fileURLToPath(new URL("./templates/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".jinja"));
const { parse: parseWithNunjucks } = nunjucksParser as {
  parse(source: string, extensions: unknown[]): unknown;
};
const environment = new nunjucks.Environment(null, { autoescape: false });

/** Median microseconds of each function, which take turns. */
function measure<Name extends string>(functions: Record<Name, () => unknown>): Record<Name, number> {
  const names = Object.keys(functions) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) times.get(name)?.push(oneRound(functions[name]));
  }
  // The first rounds are the ones in which the functions are still being optimized.
  const medians = names.map((name) => [name, median((times.get(name) ?? []).slice(ROUNDS / 3))]);
  return Object.fromEntries(medians) as Record<Name, number>;
}

function oneRound(run: () => unknown): number {
  const start = performance.now();
  let count = 0;
  let now = start;
  while (now - start < MILLISECONDS_PER_ROUND) {
    run();
    count++;
    now = performance.now();
  }
  return ((now - start) * 1000) / count;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const missed: string[] = [];

function check(what: string, ratio: number, limit: number): string {
  if (!(ratio <= limit)) missed.push(`${what}: ${ratio.toFixed(2)} × where ${limit} × is allowed`);
  return `${ratio.toFixed(2)} ×`;
}

const results: Record<string, unknown> = {};
for (const file of files) {
  const source = readFileSync(`${folder}${file}`, "utf8");
  const variables = variablesByFile[file] ?? {};
  const parsed = parseTemplate(source);
  const compiled = nunjucks.compile(source, environment);
  const huggingFace = new HuggingFaceTemplate(source);
  const parse = measure({ ours: () => parseTemplate(source), nunjucks: () => parseWithNunjucks(source, []) });
  const render = measure({
    // A busy machine may take longer than a render is allowed to.
    ours: () => renderTemplate(parsed, variables, { budgets: { milliseconds: Number.POSITIVE_INFINITY } }),
    nunjucks: () => compiled.render(variables),
    huggingFace: () => huggingFace.render(variables),
  });
  results[file] = { bytes: source.length, parse, render };
  const us = (value: number) => `${value.toFixed(0)} µs`;
  console.log(`${file}, ${source.length} bytes`);
  console.log(
    `  parse   ours ${us(parse.ours)}, nunjucks ${us(parse.nunjucks)}: ${check(`${file} parse`, parse.ours / parse.nunjucks, TARGETS.parse)}`,
  );
  console.log(
    `  render  ours ${us(render.ours)}, nunjucks compiled ${us(render.nunjucks)}: ${check(`${file} render`, render.ours / render.nunjucks, TARGETS.render)}` +
      `, @huggingface/jinja ${us(render.huggingFace)}: ${check(`${file} render beside @huggingface/jinja`, render.ours / render.huggingFace, TARGETS.huggingFace)}`,
  );
}

const size = await bundledSize();
results.kilobytes = size;
const beyond = size.engine.first - size.parser;
console.log(
  `size      engine ${size.engine.first.toFixed(1)} kB gzipped, nunjucks' parser ${size.parser.toFixed(1)} kB of it: ${beyond.toFixed(1)} kB beyond` +
    `; all parts in one file ${(size.whole - size.parser).toFixed(1)} kB beyond`,
);
const parts = Object.entries(size.engine.parts).sort(([, a], [, b]) => b - a);
console.log(
  `  fetched when needed: ${parts.map(([name, kilobytes]) => `${name} ${kilobytes.toFixed(1)} kB`).join(", ")}`,
);
const fetched = execFileSync(process.execPath, [`${folder}fetched-parts.ts`], { encoding: "utf8" });
for (const [file, names] of Object.entries(JSON.parse(fetched) as Record<string, string[]>))
  console.log(`  ${file} needs ${names.length > 0 ? names.join(", ") : "nothing more"}`);
if (beyond > TARGETS.kilobytes)
  missed.push(`size: ${beyond.toFixed(1)} kB where ${TARGETS.kilobytes} kB are allowed`);

mkdirSync(new URL("../output/", import.meta.url), { recursive: true });
const line = { bench: "template", at: new Date().toISOString(), node: process.version, results };
appendFileSync(new URL("../output/bench.jsonl", import.meta.url), `${JSON.stringify(line)}\n`);
for (const miss of missed) console.error(`missed: ${miss}`);
process.exitCode = missed.length > 0 ? 1 : 0;
