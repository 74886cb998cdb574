/**
 * Brings this folder to a linked real Supabase project.
 *
 * Usage: npm run deploy                 (after `npx supabase login` and `npx supabase link --project-ref <ref>`)
 *        npm run deploy -- --dry-run    (prints what would be run)
 *
 * Environment:
 *   SUPABASE_DB_PASSWORD     the project's database password, asked for by the Supabase CLI when absent
 *   NEMO_UPSTREAM_URL, NEMO_UPSTREAM_API_KEY or OPENAI_API_KEY   the provider; stored as function secrets
 *   NEMO_ENCRYPTION_KEY      32 bytes, base64; made and stored on the first deployment when absent
 *   NEMO_GATEWAY_DB_URL      how the gateway logs in as the role nemo_gateway; see docs/deploy.md
 *   the other settings of the functions (deploy/function-settings.ts), stored as they are
 *
 * Steps: nothing pushed before has changed → migrations → exposed schemas and Auth settings → secrets → functions. Each is the Supabase CLI's own
 * command, and each can be repeated.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  compareMigrations,
  IS_RECORDED,
  RECORDED,
  type RecordedMigration,
  rowsIn,
  whatDiffers,
} from "../local/postgres/recorded-migrations.ts";
import { FUNCTION_SETTINGS } from "./deploy/function-settings.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dryRun = readOptions();

/** Whether only to print. A misspelt option must not deploy. */
function readOptions(): boolean {
  const usage = "Usage: npm run deploy [-- --dry-run]   (what it needs: docs/deploy.md)";
  try {
    const { values } = parseArgs({
      options: { "dry-run": { type: "boolean", default: false }, help: { type: "boolean", short: "h" } },
    });
    if (!values.help) return values["dry-run"];
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}

function supabase(args: string[], options: { quiet?: boolean } = {}): string {
  process.stdout.write(`> supabase ${args.join(" ")}\n`);
  if (dryRun) return "";
  const run = spawnSync(
    process.execPath,
    [join(root, "node_modules", "supabase", "dist", "supabase.js"), ...args],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, DO_NOT_TRACK: "1" },
      stdio: options.quiet ? ["inherit", "pipe", "inherit"] : ["inherit", "inherit", "inherit"],
    },
  );
  if (run.status !== 0) {
    process.stderr.write(
      `The step above failed. Fix what it says and run "npm run deploy" again: finished steps do no harm twice.\n`,
    );
    process.exit(1);
  }
  return run.stdout ?? "";
}

/** The rows a statement answers with, in the linked project. */
function ask<T>(statement: string): T[] {
  const answer = supabase(
    ["db", "query", "--remote", "--read-only", "--output", "json", "--agent", "no", statement],
    { quiet: true },
  );
  return dryRun ? [] : rowsIn<T>(answer);
}

/** The CLI passes over a migration that was changed after it was pushed; the functions would then miss what it makes now. */
async function refuseOtherMigrations(): Promise<void> {
  const recorded = ask<{ there: boolean }>(IS_RECORDED)[0]?.there ? ask<RecordedMigration>(RECORDED) : [];
  const differences = whatDiffers(await compareMigrations(recorded, join(root, "supabase", "migrations")));
  if (!differences) return;
  process.stderr.write(
    `migrations_differ: The project's database was made with other migrations than supabase/migrations holds (${differences}). ` +
      "Nothing was pushed. Give the files the text they had and put the change into a new migration; " +
      "or, if no data is worth keeping, run `npx supabase db reset --remote` first.\n",
  );
  process.exit(1);
}

/** Secrets go through a file that only this user can read, so that they never stand in a process list. */
function storeSecrets(secrets: Map<string, string>): void {
  if (secrets.size === 0) return;
  const folder = mkdtempSync(join(tmpdir(), "nemo-secrets-"));
  try {
    const file = join(folder, "secrets.env");
    writeFileSync(file, [...secrets].map(([name, value]) => `${name}=${value}\n`).join(""), { mode: 0o600 });
    supabase(["secrets", "set", "--env-file", file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await refuseOtherMigrations();
supabase(["db", "push", "--remote", "--yes"]);
supabase(["config", "push", "--yes"]);

const secrets = new Map<string, string>();
for (const name of FUNCTION_SETTINGS) {
  const value = process.env[name];
  if (value !== undefined && value !== "") secrets.set(name, value);
}
const stored = supabase(["secrets", "list"], { quiet: true });
if (!secrets.has("NEMO_ENCRYPTION_KEY") && !stored.includes("NEMO_ENCRYPTION_KEY")) {
  secrets.set("NEMO_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  process.stdout.write(
    "note: NEMO_ENCRYPTION_KEY was made. Supabase keeps it and shows it to nobody; docs/deploy.md says how to have one of your own.\n",
  );
}
storeSecrets(secrets);
if (!secrets.has("NEMO_GATEWAY_DB_URL") && !stored.includes("NEMO_GATEWAY_DB_URL")) {
  process.stdout.write(
    "note: the gateway will log in as postgres. docs/deploy.md says how to give it a role of its own.\n",
  );
}
supabase(["functions", "deploy", "--use-api"]);
