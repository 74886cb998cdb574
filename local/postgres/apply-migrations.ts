import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { StackError } from "../stack-error.ts";
import { type MigrationState, migrationState, whatDiffers } from "./recorded-migrations.ts";

const PROJECT_ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Brings a database to the newest migration with the Supabase CLI, the same program that deploys to a real
 * project, so that both record and refuse the same things. Answers how many migrations were applied.
 *
 * The CLI needs half a second even if there is nothing to do; then it is not started at all. A database that was
 * made with other texts of these migrations is refused untouched: new ones on top of it would fail halfway, or not
 * fail and leave the functions with a schema they do not know.
 *
 * @param databaseUrl as the role `postgres`
 * @param projectRoot the directory that holds `supabase/`
 * @param keptIn the folder that holds the data, for whoever has to move it away
 */
export async function applyMigrations(
  databaseUrl: string,
  projectRoot = PROJECT_ROOT,
  keptIn = "the data folder",
): Promise<number> {
  const state = await migrationState(databaseUrl, join(projectRoot, "supabase", "migrations"));
  refuseOther(state, keptIn);
  const { pending } = state;
  if (pending.length === 0) return 0;
  const { code, output } = await supabase(projectRoot, [
    "db",
    "push",
    `--remote=${databaseUrl}`,
    "--yes",
    "--include-all",
  ]);
  if (code !== 0) throw new StackError(await explainFailure(output, projectRoot));
  return pending.length;
}

function refuseOther(state: MigrationState, keptIn: string): void {
  const differences = whatDiffers(state);
  if (!differences) return;
  throw new StackError(
    `The database in ${keptIn} was made with other migrations than supabase/migrations holds (${differences}). ` +
      "Nothing was changed. To keep its data, start the version of Nemo that made it. " +
      `To start anew with this one, move ${keptIn} away (or delete it, its data is lost).`,
    "migrations_differ",
  );
}

function supabase(cwd: string, args: string[]): Promise<{ code: number | null; output: string }> {
  const require = createRequire(import.meta.url);
  const program = join(dirname(require.resolve("supabase/package.json")), "dist", "supabase.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      env: { ...process.env, DO_NOT_TRACK: "1", NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

/**
 * Turns the CLI's report into one sentence with file and line. It prints the failing statement up to the
 * line with the mistake, then a line with a caret.
 */
async function explainFailure(output: string, projectRoot: string): Promise<string> {
  const file = [...output.matchAll(/Applying migration (\S+\.sql)/g)].at(-1)?.[1];
  const reason = /ERROR: (.*)/.exec(output)?.[1];
  if (!file || !reason)
    return `The migrations could not be applied. The Supabase CLI said:\n${output.trim()}`;
  const path = join("supabase", "migrations", file);
  const text = (await readFile(join(projectRoot, path), "utf8").catch(() => "")).replaceAll("\r\n", "\n");
  const line = lineOfStatement(text, output.replaceAll("\r\n", "\n"));
  return (
    `The migration ${path}${line ? `, line ${line},` : ""} failed: ${reason}. ` +
    "It was rolled back as a whole; the ones before it are applied. Correct the file and start again."
  );
}

function lineOfStatement(text: string, output: string): number | undefined {
  const printed = /At statement: \d+\n([\s\S]*?)(?:\n *\^|\nTry rerunning|\n*$)/.exec(output)?.[1];
  const start = printed ? text.indexOf(printed) : -1;
  if (!printed || start < 0) return undefined;
  return text.slice(0, start + printed.trimEnd().length).split("\n").length;
}
