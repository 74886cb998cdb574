import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { StackError } from "../stack-error.ts";

const run = promisify(execFile);

export interface OperatingUser {
  readonly uid: number;
  readonly gid: number;
}

async function lookUp(name: string): Promise<OperatingUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/**
 * Postgres refuses to run as root, which is who one is in most containers. There it runs as the user
 * `postgres`, who is made if the machine has none. For everybody else: undefined, it runs as themselves.
 */
export async function operatingUser(): Promise<OperatingUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await lookUp("postgres");
  if (existing) return existing;
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
  } catch {
    // busybox, the tools of Alpine, has no useradd.
    await run("adduser", ["-S", "-D", "-H", "postgres"]).catch(() => {});
  }
  const made = await lookUp("postgres");
  if (made) return made;
  throw new StackError(
    "Postgres cannot run as root, and no user `postgres` could be made for it. " +
      "Start Nemo as an ordinary user, or make a user named postgres first.",
  );
}
