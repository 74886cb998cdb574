import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { StackError } from "../stack-error.ts";

/**
 * Deals with the lock file of a Postgres that was not shut down. The caller holds the lock of the whole data
 * folder, so whatever still runs on it has lost its stack.
 *
 * If the server named in the file really is this directory's, it is asked to end; if the process is gone, or
 * its number now belongs to something else, the file is removed. Postgres itself then recovers the data.
 */
export async function clearStaleLock(dataDirectory: string, password: string): Promise<void> {
  const file = join(dataDirectory, "postmaster.pid");
  const [pidLine, , , portLine] = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const pid = Number(pidLine);
  if (!pid) return;
  if (await servesThisDirectory(Number(portLine), password, dataDirectory)) {
    process.kill(pid, "SIGINT");
    const deadline = Date.now() + 60_000;
    while (isAlive(pid)) {
      if (Date.now() > deadline) {
        throw new StackError(
          `Postgres (process ${pid}) still runs on ${dataDirectory} and does not end. End it, then start again.`,
        );
      }
      await delay(20);
    }
  }
  await rm(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function servesThisDirectory(port: number, password: string, dataDirectory: string): Promise<boolean> {
  if (!port) return false;
  const sql = postgres({
    host: "127.0.0.1",
    port,
    username: "supabase_admin",
    password,
    database: "postgres",
    max: 1,
    connect_timeout: 30,
  });
  try {
    const [row] = await sql`select current_setting('data_directory') as directory`;
    return row?.directory === dataDirectory;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
