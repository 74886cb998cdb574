import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startThrowAwayDatabase } from "../../local/postgres/throw-away-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's Postgres, as superuser. Only `createTestDatabase` uses it. */
    databaseAdminUrl: string;
    /** The same server as the role `postgres`. */
    databaseUrl: string;
  }
}

/**
 * One Postgres for the whole run. Its database `postgres` is migrated once and becomes the template that
 * every test file's own database is copied from, which costs a few hundredths of a second.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startThrowAwayDatabase();
  const sql = postgres(database.url("supabase_admin", "template1"), { max: 1 });
  await sql`alter database postgres rename to nemo_template`;
  await sql`alter database nemo_template is_template true`;
  await sql.end();
  project.provide("databaseAdminUrl", database.url("supabase_admin", "template1"));
  project.provide("databaseUrl", database.url("postgres", "nemo_template"));
  return () => database.stop();
}
