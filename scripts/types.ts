import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startThrowAwayDatabase } from "../local/postgres/throw-away-database.ts";

/** The types of the schema `nemo`, as the Supabase CLI generates them from a migrated database. */
export const TYPES_FILE = new URL("../supabase/functions/_shared/database.types.ts", import.meta.url);

const run = promisify(execFile);
const cli = fileURLToPath(new URL("../node_modules/.bin/supabase", import.meta.url));

/** Generates from a database that has the migrations; `url` logs in as `postgres`. */
export async function generateTypes(url: string): Promise<string> {
  const { stdout } = await run(
    cli,
    ["gen", "types", `--remote=${url}`, "--schema", "nemo", "--lang", "typescript"],
    {
      // The notice about a connection without TLS would otherwise stand at the top of the types.
      env: { ...process.env, PGSSLMODE: "disable", DO_NOT_TRACK: "1", SUPABASE_TELEMETRY_DISABLED: "1" },
      maxBuffer: 16 * 1024 * 1024,
    },
  );
  return stdout;
}

/** Rewrites the committed types from a throw-away database, or with --check only says whether they are current. */
async function main(): Promise<void> {
  const database = await startThrowAwayDatabase();
  try {
    const generated = await generateTypes(database.url());
    const committed = await readFile(TYPES_FILE, "utf8").catch(() => "");
    if (generated === committed) {
      console.log("The database types are current.");
    } else if (process.argv.includes("--check")) {
      console.error("The database types are not those of the migrations. Run npm run types.");
      process.exitCode = 1;
    } else {
      await writeFile(TYPES_FILE, generated);
      console.log("Wrote supabase/functions/_shared/database.types.ts.");
    }
  } finally {
    await database.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
