import { readFile } from "node:fs/promises";
import type { Sql } from "postgres";

const script = (name: string): Promise<string> => readFile(new URL(`./${name}`, import.meta.url), "utf8");

/** Roles that may log in, all with the cluster's one password: it listens on the loopback address only. */
const LOGIN_ROLES = [
  "postgres",
  "authenticator",
  "supabase_auth_admin",
  "supabase_storage_admin",
  "supabase_functions_admin",
];

/**
 * Makes an empty cluster look like a Supabase project before its first migration. `sql` is logged in as the
 * superuser. All or nothing, and nothing at all if it was done before.
 */
export async function bootstrap(sql: Sql, password: string): Promise<void> {
  const [done] = await sql`select 1 from pg_roles where rolname = 'authenticator'`;
  if (done) return;
  const text = `${await script("bootstrap.sql")}\n${await script("auth-functions.sql")}`;
  await sql.begin(async (tx) => {
    await tx.unsafe(text).simple();
    for (const role of LOGIN_ROLES) await setPassword(tx, role, password);
  });
}

/** Puts back auth.uid() and its sisters after the local Auth server has replaced them. */
export async function restoreAuthFunctions(sql: Sql): Promise<void> {
  await sql.unsafe(await script("auth-functions.sql")).simple();
}

/** Lets a role log in. The statement takes no parameters, so the server quotes the values. */
export async function setPassword(sql: Pick<Sql, "unsafe">, role: string, password: string): Promise<void> {
  const statement = "select format('alter role %I login password %L', $1::text, $2::text) as line";
  const [row] = await sql.unsafe<[{ line: string }]>(statement, [role, password]);
  await sql.unsafe(row.line);
}
