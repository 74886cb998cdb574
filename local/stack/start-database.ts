import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { applyMigrations } from "../postgres/apply-migrations.ts";
import { bootstrap, setPassword } from "../postgres/bootstrap.ts";
import { type RunningPostgres, startPostgres } from "../postgres/start-postgres.ts";
import type { Secrets } from "./secrets.ts";
import type { Stopping } from "./stopping.ts";

export interface DatabaseOptions {
  readonly dataDirectory: string;
  readonly durable: boolean;
  readonly projectRoot: string;
}

export interface Database {
  readonly server: RunningPostgres;
  /** As the superuser. */
  readonly sql: Sql;
  readonly hasGatewayRole: boolean;
}

/** Postgres, bootstrapped and migrated, with a login for the gateway's own role. */
export async function startDatabase(
  { dataDirectory, durable, projectRoot }: DatabaseOptions,
  { databasePassword }: Secrets,
  stopping: Stopping,
): Promise<Database> {
  const server = await startPostgres({
    dataDirectory: join(dataDirectory, "postgres"),
    password: databasePassword,
    durable,
  });
  stopping.add(() => server.stop());
  const sql = postgres(server.url("supabase_admin"), { max: 8, onnotice: () => {} });
  stopping.add(() => sql.end({ timeout: 2 }));
  await bootstrap(sql, databasePassword);
  await applyMigrations(server.url(), projectRoot, dataDirectory);
  const [role] = await sql`select 1 from pg_roles where rolname = 'nemo_gateway'`;
  if (role) await setPassword(sql, "nemo_gateway", databasePassword);
  return { server, sql, hasGatewayRole: role !== undefined };
}
