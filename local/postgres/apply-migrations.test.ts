import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyMigrations } from "./apply-migrations.ts";
import {
  compareMigrations,
  IS_RECORDED,
  RECORDED,
  type RecordedMigration,
  rowsIn,
  whatDiffers,
} from "./recorded-migrations.ts";
import type { RunningPostgres } from "./start-postgres.ts";
import { startThrowAwayDatabase } from "./throw-away-database.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

describe("the migrations of this project", () => {
  let server: RunningPostgres;
  let sql: Sql;
  beforeAll(async () => {
    server = await startThrowAwayDatabase();
    sql = postgres(server.url(), { onnotice: () => {} });
  });
  afterAll(async () => {
    await sql.end();
    await server.stop();
  });

  const supabase = (...args: string[]) =>
    run(process.execPath, [join(ROOT, "node_modules", "supabase", "dist", "supabase.js"), ...args], {
      cwd: ROOT,
      env: { ...process.env, DO_NOT_TRACK: "1" },
    });

  test("are all recorded, in order", async () => {
    const files = (await readdir(join(ROOT, "supabase", "migrations"))).filter((name) =>
      name.endsWith(".sql"),
    );
    const rows = await sql`select version, name from supabase_migrations.schema_migrations order by version`;
    expect(rows.map(({ version, name }) => `${version}_${name}.sql`)).toEqual(files.sort());
  });

  test("are not applied again", async () => {
    expect(await applyMigrations(server.url())).toBe(0);
  });

  test("are compared by what the Supabase CLI answers, too, which is how a linked project is asked", async () => {
    const ask = async (statement: string) => {
      const remote = [
        "db",
        "query",
        `--remote=${server.url()}`,
        "--read-only",
        "--output",
        "json",
        "--agent",
        "no",
      ];
      return rowsIn<RecordedMigration>((await supabase(...remote, statement)).stdout);
    };
    expect(await ask(IS_RECORDED)).toEqual([{ there: true }]);
    const recorded = await ask(RECORDED);
    const folder = join(ROOT, "supabase", "migrations");
    expect(await compareMigrations(recorded, folder)).toEqual({ pending: [], changed: [], gone: [] });
    const [first, ...others] = recorded;
    const state = await compareMigrations(
      [{ ...first!, text: `${first!.text};select 1` }, ...others],
      folder,
    );
    expect(whatDiffers(state)).toBe(`changed since: ${first!.version}_${first!.name}.sql`);
  });

  test("work with the Supabase CLI: push, reset, types and advisors", async () => {
    const remote = `--remote=${server.url()}`;
    await supabase("db", "push", remote, "--yes");
    await supabase("db", "reset", remote, "--yes");
    const [row] = await sql`select to_regclass('nemo.prompt_templates') as name`;
    expect(row?.name).toBe("nemo.prompt_templates");
    const types = await supabase("gen", "types", remote, "--schema", "nemo");
    expect(types.stdout).toContain("prompt_templates");
    await supabase("db", "advisors", remote, "--fail-on", "error", "--level", "info");
  });
});

describe("a database made with other migrations", () => {
  const FILE = "20000101000000_good.sql";
  const TEXT =
    "-- what it is for\ncreate table public.good (id int);\ncomment on table public.good is 'a; b';\n";
  let server: RunningPostgres;
  let project: string;
  const path = (name: string) => join(project, "supabase", "migrations", name);
  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), "nemo-project-"));
    await mkdir(join(project, "supabase", "migrations"), { recursive: true });
    await writeFile(join(project, "supabase", "config.toml"), 'project_id = "test"\n');
    await writeFile(path(FILE), TEXT);
    server = await startThrowAwayDatabase(project);
  });
  afterAll(async () => {
    await server.stop();
    await rm(project, { recursive: true, force: true });
  });

  test("is refused by name and left as it is, with nothing new applied to it", async () => {
    await writeFile(path(FILE), TEXT.replace("id int", "id bigint"));
    await writeFile(path("20000101000001_new.sql"), "create table public.new (id int);\n");
    await expect(applyMigrations(server.url(), project, "/data/.nemo")).rejects.toThrow(
      /^migrations_differ: .*\(changed since: 20000101000000_good\.sql\)\. Nothing was changed\..*move \/data\/\.nemo away/,
    );
    await rm(path(FILE));
    await expect(applyMigrations(server.url(), project)).rejects.toThrow(
      /^migrations_differ: .*\(not here: 20000101000000_good\.sql\)/,
    );
    const sql = postgres(server.url(), { max: 1 });
    const [row] = await sql`
      select to_regclass('public.new') as new, (select count(*)::int from supabase_migrations.schema_migrations) as recorded`;
    await sql.end();
    expect(row).toEqual({ new: null, recorded: 1 });
  });

  test("goes on when only a comment or the indentation is another", async () => {
    await writeFile(path(FILE), TEXT.replace("what", "why and what").replaceAll("\n", "\r\n"));
    expect(await applyMigrations(server.url(), project)).toBe(1);
  });
});

describe("a migration that fails", () => {
  let server: RunningPostgres;
  let project: string;
  const write = (name: string, text: string) =>
    writeFile(join(project, "supabase", "migrations", name), text);
  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), "nemo-project-"));
    await mkdir(join(project, "supabase", "migrations"), { recursive: true });
    await writeFile(join(project, "supabase", "config.toml"), 'project_id = "test"\n');
    server = await startThrowAwayDatabase(project);
  });
  afterAll(async () => {
    await server.stop();
    await rm(project, { recursive: true, force: true });
  });

  test("is told with file, line and reason, leaves nothing of its own, and can be corrected", async () => {
    await write("20000101000000_good.sql", "create table public.good (id int);\n");
    const bad = ["create table public.half (id int);", "", "insert into", "  public.nowhere", "values (1);"];
    await write("20000101000001_bad.sql", bad.join("\n"));
    await expect(applyMigrations(server.url(), project)).rejects.toThrow(
      /20000101000001_bad\.sql, line 4, failed: relation "public\.nowhere" does not exist/,
    );
    const sql = postgres(server.url(), { max: 1 });
    const [row] = await sql`select to_regclass('public.half') as half, to_regclass('public.good') as good`;
    await sql.end();
    expect(row).toEqual({ half: null, good: "good" });
    await write("20000101000001_bad.sql", "create table public.whole (id int);\n");
    expect(await applyMigrations(server.url(), project)).toBe(1);
  });
});
