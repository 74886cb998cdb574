import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startThrowAwayDatabase } from "../../local/postgres/throw-away-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's Postgres, as superuser. Only `createTestDatabase` uses it. */
    databaseAdminUrl: string;
    /** The migrated database that others are copied from. */
    databaseTemplate: string;
  }
}

/**
 * One Postgres for the whole run. Its database `postgres` is migrated once and becomes the template that
 * every test file's own database is copied from, which costs a few hundredths of a second.
 *
 * NEMO_TEST_DATABASE_URL names another server instead, Supabase's own Postgres for example: its superuser, whose
 * password every role has, and a database that is migrated and that nobody is connected to.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.NEMO_TEST_DATABASE_URL;
  if (given) return useServer(project, new URL(given));
  const database = await startThrowAwayDatabase();
  const sql = postgres(database.url("supabase_admin", "template1"), { max: 1 });
  await sql`alter database postgres rename to nemo_template`;
  await sql`alter database nemo_template is_template true`;
  await sql.end();
  project.provide("databaseTemplate", "nemo_template");
  project.provide("databaseAdminUrl", database.url("supabase_admin", "template1"));
  return () => database.stop();
}

function useServer(project: TestProject, url: URL): () => Promise<void> {
  project.provide("databaseTemplate", url.pathname.slice(1));
  url.pathname = "/template1";
  project.provide("databaseAdminUrl", url.href);
  return async () => {};
}
