import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rollup } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Kilobytes, gzipped and minified, that modules take in a browser bundle. */
async function sizeOf(code: string): Promise<number> {
  const entry = "\0entry";
  const result = (await build({
    configFile: false,
    logLevel: "silent",
    root: path("../.."),
    resolve: { alias: { events: path("../../web/src/lib/no-events.cjs") } },
    build: { write: false, minify: true, target: "es2023", rollupOptions: { input: "entry" } },
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === "entry" ? entry : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
  })) as Rollup.RollupOutput;
  const bytes = result.output.reduce(
    (sum, chunk) => sum + (chunk.type === "chunk" ? gzipSync(chunk.code).length : 0),
    0,
  );
  return Math.round(bytes / 100) / 10;
}

/** The engine as the dashboard loads it, and the part of nunjucks it stands on. */
export async function bundledSize(): Promise<{ engine: number; parser: number }> {
  const core = path("../../supabase/functions/_shared/core/template");
  return {
    engine: await sizeOf(
      `import { parseTemplate } from "${core}/parse-template.ts"; import { renderTemplate } from "${core}/render-template.ts"; globalThis.engine = { parseTemplate, renderTemplate };`,
    ),
    parser: await sizeOf(`import parser from "nunjucks/src/parser.js"; globalThis.parser = parser;`),
  };
}
