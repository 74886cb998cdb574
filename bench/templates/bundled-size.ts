import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rollup } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const core = path("../../supabase/functions/_shared/core/template");

export interface BundledSize {
  /** Kilobytes, minified and gzipped, that are loaded before anything is done. */
  readonly first: number;
  /** Kilobytes that each part adds when it is the first to be fetched. */
  readonly parts: Readonly<Record<string, number>>;
}

/** What modules take in a bundle for a worker of a browser. */
async function sizeOf(code: string): Promise<BundledSize> {
  const entry = "\0entry";
  const { output } = (await build({
    configFile: false,
    logLevel: "silent",
    root: path("../.."),
    resolve: { alias: { events: path("../../web/src/lib/no-events.cjs") } },
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      target: "es2023",
      // As in web/vite.config.ts: what is needed at once comes in one file.
      rolldownOptions: {
        input: "entry",
        output: { codeSplitting: { groups: [{ name: "analysis", tags: ["$initial"] }] } },
      },
    },
    plugins: [
      {
        name: "entry",
        enforce: "pre",
        resolveId: (id) => (id === "entry" ? entry : undefined),
        load: (id) => {
          if (id === entry) return code;
          // In a worker, `import()` needs no helper.
          const helper = id === "\0vite/preload-helper.js";
          return helper ? "export const __vitePreload = (load) => load();" : undefined;
        },
      },
    ],
  })) as Rollup.RollupOutput;
  const chunks = new Map(output.flatMap((one) => (one.type === "chunk" ? [[one.fileName, one]] : [])));
  const main = [...chunks.values()].find((chunk) => chunk.isEntry);
  const first = reachable(chunks, main?.fileName);
  const added = main?.dynamicImports.map((name) => {
    const files = [...reachable(chunks, name)].filter((file) => !first.has(file));
    return [chunks.get(name)?.name ?? name, kilobytes(chunks, files)] as const;
  });
  return { first: kilobytes(chunks, first), parts: Object.fromEntries(added ?? []) };
}

type Chunks = ReadonlyMap<string, Rollup.OutputChunk>;

/** A file and all it imports statically. */
function reachable(chunks: Chunks, name: string | undefined, found = new Set<string>()): Set<string> {
  if (name === undefined || found.has(name)) return found;
  found.add(name);
  for (const other of chunks.get(name)?.imports ?? []) reachable(chunks, other, found);
  return found;
}

function kilobytes(chunks: Chunks, files: Iterable<string>): number {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(chunks.get(file)?.code ?? "", { level: 9 }).length;
  return bytes / 1000;
}

/** Kilobytes that the engine may take beyond nunjucks' parser before anything is fetched; macros are in them. */
export const FIRST_KILOBYTES = 30;

/** The engine as the dashboard loads it, with all its parts in one file, and the part of nunjucks it stands on. */
export async function bundledSize(): Promise<{ engine: BundledSize; whole: number; parser: number }> {
  const engine = await sizeOf(
    `import { parseTemplate } from "${core}/parse-template.ts"; import { renderOnDemand } from "${core}/render-on-demand.ts"; globalThis.engine = { parseTemplate, renderOnDemand };`,
  );
  const parser = await sizeOf(`import parser from "nunjucks/src/parser.js"; globalThis.parser = parser;`);
  const whole = await sizeOf(
    `import { parseTemplate } from "${core}/parse-template.ts"; import { renderTemplate } from "${core}/render-template.ts"; globalThis.engine = { parseTemplate, renderTemplate };`,
  );
  return { engine, whole: whole.first, parser: parser.first };
}
