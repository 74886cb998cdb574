import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { outcome } from "./run-cases.ts";
import { TABLES } from "./tables.ts";

describe.each([...TABLES])("%s", (_table, cases) => {
  test.each(cases)("$template", (entry) => {
    expect(outcome(entry)).toEqual(entry.error ? { error: entry.error } : { output: entry.output });
  });
});

const root = fileURLToPath(new URL("../../../../../../", import.meta.url));
const runtimes = [
  ["Deno as developers have it", join(root, "node_modules/deno/bin.cjs")],
  ["Deno as Supabase hosts it", join(root, "node_modules/deno-2.1/bin.cjs")],
] as const;

describe("the same tables", () => {
  test.each(runtimes)("come out alike in %s", (_name, binary) => {
    expect(existsSync(binary)).toBe(true);
    const folder = mkdtempSync(join(tmpdir(), "nemo-deno-"));
    const config = join(folder, "deno.json");
    const pinned = (file: string) => [`nunjucks/src/${file}.js`, `npm:nunjucks@3.2.4/src/${file}.js`];
    writeFileSync(
      config,
      JSON.stringify({ imports: Object.fromEntries([pinned("lexer"), pinned("parser")]) }),
    );
    try {
      const script = fileURLToPath(new URL("./run-in-deno.ts", import.meta.url));
      const flags = ["run", "--allow-all", "--no-lock", "--config", config, script];
      const output = execFileSync(process.execPath, [binary, ...flags], {
        encoding: "utf8",
        stdio: "pipe",
      });
      expect(output).toContain("all cases as expected");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
