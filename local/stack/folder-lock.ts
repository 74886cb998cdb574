import { mkdir, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StackError } from "../stack-error.ts";

export interface FolderLock {
  /** Tells where this stack can be reached, for whoever tries to start a second one. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly url?: string;
}

/** A start takes seconds, on a starved machine minutes; a lock older than this without an address is a killed one's. */
const LONGEST_START_MS = 600_000;

const REMEDY = "Start as a user who may write there, or name another folder in NEMO_DATA_DIRECTORY.";

/**
 * Makes the data folder and claims it for this process. A second stack on the same data is refused with a
 * sentence that names the first; what a killed one left behind is cleared away.
 */
export async function lockFolder(directory: string): Promise<FolderLock> {
  // As root, Postgres runs as another user and has to get through to its part of the folder.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  await mkdir(directory, { recursive: true, mode }).catch((error: Error) => {
    throw new StackError(`The data folder ${directory} cannot be made: ${error.message}. ${REMEDY}`);
  });
  const file = join(directory, "running.json");
  while (!(await claim(file, directory))) await refuseIfHeld(file, directory);
  return {
    announce: (url) => writeFile(file, JSON.stringify({ pid: process.pid, url })),
    release: () => rm(file, { force: true }),
  };
}

async function claim(file: string, directory: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(JSON.stringify({ pid: process.pid }));
    await handle.close();
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    throw new StackError(`The data folder ${directory} cannot be written: ${message}. ${REMEDY}`);
  }
}

/** Throws if the holder of the lock is alive; removes the lock if it is not. */
async function refuseIfHeld(file: string, directory: string): Promise<void> {
  const holder = await readHolder(file);
  const where = holder?.url ? ` at ${holder.url}` : "";
  if (holder && (await isHeldBy(holder, file))) {
    throw new StackError(
      `Nemo already runs in this folder${where} (process ${holder.pid}). ` +
        `Use that one, or stop it first; two of them must not share ${directory}.`,
    );
  }
  await rm(file, { force: true });
}

/** Another start makes the file before it writes it: what cannot be read is looked at again for a second. */
async function readHolder(file: string): Promise<Holder | undefined> {
  for (let looks = 0; looks < 20; looks++) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const holder = JSON.parse(text) as Holder;
      return Number.isInteger(holder.pid) ? holder : undefined;
    } catch {
      await sleep(50);
    }
  }
  return undefined;
}

/** A process id may have been given to something else since; only Nemo answers for itself. */
async function isHeldBy({ pid, url }: Holder, file: string): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return false;
  if (!url) {
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    return age < LONGEST_START_MS;
  }
  try {
    const response = await fetch(`${url}/local/health`, { signal: AbortSignal.timeout(3_000) });
    return ((await response.json()) as { pid?: number }).pid === pid;
  } catch (error) {
    // Too busy to answer in time is running; nobody there is not.
    return (error as Error).name === "TimeoutError";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
