import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, readFile, rename, rm, stat, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { StackError } from "../stack-error.ts";
import { POSTGRES_ENVIRONMENT, postgresBinaries } from "./binaries.ts";
import { type OperatingUser, operatingUser } from "./operating-user.ts";
import { remedyFor } from "./remedy.ts";

const MAJOR_VERSION = "17";

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Runs initdb and answers with everything it said if it failed. */
async function initdb(
  directory: string,
  password: string,
  durable: boolean,
  user?: OperatingUser,
): Promise<void> {
  const { initdb: program } = await postgresBinaries();
  const passwordFile = join(tmpdir(), `nemo-${randomBytes(8).toString("hex")}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  const flags = [
    `--pgdata=${directory}`,
    "--username=supabase_admin",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The built-in locale sorts alike on every operating system.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    ...(durable ? [] : ["--no-sync"]),
  ];
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(program, flags, {
        ...user,
        cwd: dirname(directory),
        env: POSTGRES_ENVIRONMENT,
        windowsHide: true,
      });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
      child.on("error", reject);
      child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(said.trim()))));
    });
  } catch (error) {
    const said = (error as Error).message;
    const reach = user
      ? "Postgres runs as the user `postgres` here, who must be able to reach that path."
      : "Start again when that is fixed; nothing was left behind.";
    throw new StackError(
      `The database directory ${directory} could not be made: ${said}\n${remedyFor(said, reach)}`,
    );
  } finally {
    await unlink(passwordFile).catch(() => {});
  }
}

/**
 * Makes the data directory if there is none. It is made under another name and renamed when complete, so
 * that an interrupted first start leaves no half of one behind.
 */
export async function ensureDataDirectory(
  directory: string,
  password: string,
  durable: boolean,
): Promise<void> {
  if (await exists(directory)) {
    await refuseBroken(directory);
    return;
  }
  const user = await operatingUser();
  const draft = `${directory}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  if (user) await chown(draft, user.uid, user.gid);
  await initdb(draft, password, durable, user);
  await rename(draft, directory);
}

async function refuseBroken(directory: string): Promise<void> {
  const advice = `Nothing was changed. Move ${directory} away (or delete it, its data is lost) and start again.`;
  const version = await readFile(join(directory, "PG_VERSION"), "utf8").catch(() => "");
  if (version.trim() !== "" && version.trim() !== MAJOR_VERSION) {
    throw new StackError(
      `The database directory ${directory} was written by Postgres ${version.trim()}; this is ${MAJOR_VERSION}. ${advice}`,
    );
  }
  for (const part of [
    "PG_VERSION",
    "global/pg_control",
    "base",
    "pg_wal",
    "postgresql.conf",
    "pg_hba.conf",
  ]) {
    if (await exists(join(directory, part))) continue;
    throw new StackError(`The database directory ${directory} is incomplete: ${part} is missing. ${advice}`);
  }
}
