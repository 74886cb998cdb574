import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";

/** How the migrations of a folder stand to those that a database has recorded; each by the name of its file. */
export interface MigrationState {
  /** In the folder, and not yet applied. */
  readonly pending: string[];
  /** Applied, with another text than the folder has now. */
  readonly changed: string[];
  /** Applied, and no longer in the folder. */
  readonly gone: string[];
}

/**
 * Compares the folder with what the Supabase CLI recorded: it keeps the statements of each migration it applied,
 * but looks at their versions alone when it decides what is left to do.
 *
 * @param databaseUrl as the role `postgres`
 */
export async function migrationState(databaseUrl: string, folder: string): Promise<MigrationState> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => /^\d+_.*\.sql$/.test(name)).sort();
  const recorded = await recordedMigrations(databaseUrl);
  const changed: string[] = [];
  for (const name of files) {
    const applied = recorded.get(versionOf(name));
    if (applied && whatItDoes(await readFile(join(folder, name), "utf8")) !== whatItDoes(applied.text))
      changed.push(name);
  }
  const versions = new Set(files.map(versionOf));
  return {
    pending: files.filter((name) => !recorded.has(versionOf(name))),
    changed,
    gone: [...recorded].filter(([version]) => !versions.has(version)).map(([, { file }]) => file),
  };
}

async function recordedMigrations(databaseUrl: string): Promise<Map<string, { file: string; text: string }>> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const [table] = await sql`select to_regclass('supabase_migrations.schema_migrations') as name`;
    if (!table?.name) return new Map();
    const rows = await sql<{ version: string; name: string | null; text: string | null }[]>`
      select version, name, array_to_string(statements, E'\n') as text
      from supabase_migrations.schema_migrations order by version`;
    return new Map(
      rows.map(({ version, name, text }) => [version, { file: `${version}_${name}.sql`, text: text ?? "" }]),
    );
  } finally {
    await sql.end();
  }
}

const versionOf = (file: string): string => file.slice(0, file.indexOf("_"));

/** The text without what changes nothing: lines of comment, indentation, and the ends the CLI cuts off statements. */
function whatItDoes(text: string): string {
  return text
    .replace(/^\s*--.*$/gm, "")
    .replace(/[\s;]+/g, " ")
    .trim();
}
