import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { guardDirectory, releaseDirectory } from "../processes/guard.ts";
import { applyMigrations } from "./apply-migrations.ts";
import { bootstrap } from "./bootstrap.ts";
import { type RunningPostgres, startPostgres } from "./start-postgres.ts";

/** A new, empty directory that is removed when this process ends, however it ends. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "nemo-"));
  await chmod(directory, 0o755); // Postgres may run as another user and has to reach its part of it.
  guardDirectory(directory);
  return directory;
}

/**
 * Starts Postgres on throw-away data, bootstrapped and with the migrations of this or another project.
 * `stop` removes everything.
 */
export async function startThrowAwayDatabase(
  projectRoot?: string,
): Promise<RunningPostgres & { readonly password: string }> {
  const directory = await temporaryDirectory();
  const password = randomBytes(18).toString("base64url");
  const server = await startPostgres({
    dataDirectory: join(directory, "postgres"),
    password,
    durable: false,
  });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    releaseDirectory(directory);
  };
  try {
    const sql = postgres(server.url("supabase_admin"), { max: 1, onnotice: () => {} });
    await bootstrap(sql, password).finally(() => sql.end());
    await applyMigrations(server.url(), projectRoot);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...server, password, stop };
}
