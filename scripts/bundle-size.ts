/**
 * What a first visit downloads: the scripts the page names and everything they import statically, gzipped.
 * Prints them, the largest first, and fails above the limit. Run after `npm run build`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const limit = 180 * 1000;
const dist = fileURLToPath(new URL("../web/dist/", import.meta.url));

/** Follows static imports only: `import("…")` is fetched when it is needed. */
function staticImports(file: string): string[] {
  const source = readFileSync(`${dist}assets/${file}`, "utf8");
  return [
    ...source.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w${},*\s]+?from\s*)?"\.\/([^"]+\.js)"/g),
  ].map((m) => m[1]!);
}

function reachable(files: string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [...files];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    waiting.push(...staticImports(file));
  }
  return found;
}

const gzipped = (file: string) => gzipSync(readFileSync(`${dist}assets/${file}`), { level: 9 }).length;

function report(name: string, files: Set<string>): number {
  const sizes = [...files].map((file) => ({ file, size: gzipped(file) })).sort((a, b) => b.size - a.size);
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  console.log(`${name}: ${(total / 1000).toFixed(1)} kB gzipped in ${sizes.length} files`);
  for (const { file, size } of sizes.slice(0, 6))
    console.log(`  ${(size / 1000).toFixed(1).padStart(6)} kB  ${file}`);
  return total;
}

const html = readFileSync(`${dist}index.html`, "utf8");
const entries = [...html.matchAll(/assets\/([^"]+\.js)"/g)].map((match) => match[1]!);
const pages = readdirSync(`${dist}assets`).filter((file) =>
  /^(library|sign-in|editor)-page-.*\.js$/.test(file),
);

const totals = new Map<string, number>();
for (const page of pages.sort()) {
  const name = page.replace(/-page-.*$/, "");
  totals.set(name, report(`First visit, ${name} page`, reachable([...entries, page])));
}

const tooLarge = ["library", "sign-in"].filter(
  (name) => (totals.get(name) ?? Number.POSITIVE_INFINITY) > limit,
);
if (tooLarge.length > 0) {
  console.error(`Above the limit of ${limit / 1000} kB: ${tooLarge.join(", ")}`);
  process.exitCode = 1;
}
