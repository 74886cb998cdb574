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
const files = readdirSync(`${dist}assets`);
/** Each page by the chunks it begins with; what text is edited in, and charts, come after it. */
const pages: Record<string, string[]> = {
  "sign-in": ["pages"],
  library: ["library-page"],
  editor: ["template-page", "editor-page"],
};

function chunk(name: string): string {
  const found = files.find((file) => new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(file));
  if (!found) throw new Error(`There is no chunk ${name} in ${dist}assets: run \`npm run build\`.`);
  return found;
}

const tooLarge = Object.entries(pages).filter(
  ([name, chunks]) =>
    report(`First visit, ${name} page`, reachable([...entries, ...chunks.map(chunk)])) > limit,
);
if (tooLarge.length > 0) {
  const names = tooLarge.map(([name]) => name).join(", ");
  console.error(`Above the limit of ${limit / 1000} kB: ${names}`);
  process.exitCode = 1;
}
