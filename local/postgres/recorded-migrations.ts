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

/** A migration as the Supabase CLI wrote it down when it applied it. */
export interface RecordedMigration {
  readonly version: string;
  readonly name: string | null;
  readonly text: string | null;
}

/** Whether anything was ever recorded, in the column `there`; and what was. */
export const IS_RECORDED = "select to_regclass('supabase_migrations.schema_migrations') is not null as there";
export const RECORDED =
  "select version, name, array_to_string(statements, E'\\n') as text from supabase_migrations.schema_migrations order by version";

/** The rows in what `supabase db query --output json` printed; a notice about the connection may stand before them. */
export function rowsIn<T>(printed: string): T[] {
  const start = printed.search(/^\[/m);
  if (start < 0) throw new Error(`The Supabase CLI answered a query with: ${printed.slice(0, 500)}`);
  return JSON.parse(printed.slice(start)) as T[];
}

/**
 * Compares the folder with what the Supabase CLI recorded: it keeps the statements of each migration it applied,
 * but looks at their versions alone when it decides what is left to do.
 */
export async function compareMigrations(
  recorded: readonly RecordedMigration[],
  folder: string,
): Promise<MigrationState> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => /^\d+_.*\.sql$/.test(name)).sort();
  const applied = new Map(recorded.map((one) => [one.version, one]));
  const changed: string[] = [];
  for (const name of files) {
    const one = applied.get(versionOf(name));
    if (one && whatItDoes(await readFile(join(folder, name), "utf8")) !== whatItDoes(one.text ?? ""))
      changed.push(name);
  }
  const versions = new Set(files.map(versionOf));
  return {
    pending: files.filter((name) => !applied.has(versionOf(name))),
    changed,
    gone: recorded
      .filter(({ version }) => !versions.has(version))
      .map(({ version, name }) => `${version}_${name}.sql`),
  };
}

/** @param databaseUrl as the role `postgres` */
export async function migrationState(databaseUrl: string, folder: string): Promise<MigrationState> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const [recorded] = await sql.unsafe(IS_RECORDED);
    return await compareMigrations(
      recorded?.there ? await sql.unsafe<RecordedMigration[]>(RECORDED) : [],
      folder,
    );
  } finally {
    await sql.end();
  }
}

/** Says which of the migrations a database was made with are others than the folder's; nothing when none is. */
export function whatDiffers({ changed, gone }: MigrationState): string | undefined {
  const differences = [
    ...(changed.length > 0 ? [`changed since: ${firstOf(changed)}`] : []),
    ...(gone.length > 0 ? [`not here: ${firstOf(gone)}`] : []),
  ];
  return differences.length > 0 ? differences.join("; ") : undefined;
}

const firstOf = (files: string[]): string =>
  files.slice(0, 3).join(", ") + (files.length > 3 ? ` and ${files.length - 3} more` : "");

const versionOf = (file: string): string => file.slice(0, file.indexOf("_"));

/** The text without what changes nothing: lines of comment, indentation, and the ends the CLI cuts off statements. */
function whatItDoes(text: string): string {
  return text
    .replace(/^\s*--.*$/gm, "")
    .replace(/[\s;]+/g, " ")
    .trim();
}
