import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

let guardProcess: ChildProcess | undefined;

/** The guard is started with the first thing worth guarding and lives as long as this process. */
function guard(): ChildProcess {
  if (guardProcess) return guardProcess;
  const script = fileURLToPath(new URL("./guard-process.ts", import.meta.url));
  // Detached: a signal to our process group must not take the guard along.
  guardProcess = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  guardProcess.unref();
  const input = guardProcess.stdin as unknown as { unref(): void; on(event: "error", fn: () => void): void };
  input.unref();
  input.on("error", () => {}); // A guard that was killed is no reason to stop.
  return guardProcess;
}

const tell = (line: object): void => {
  guard().stdin?.write(`${JSON.stringify(line)}\n`);
};

/**
 * Makes sure that `child` ends when this process does, also when this process is killed and can do nothing
 * about it. `signal` asks the child to end in its own way (Postgres: SIGINT is its quick, clean shutdown).
 */
export function guardChild(child: ChildProcess, signal: NodeJS.Signals): void {
  const { pid } = child;
  if (pid === undefined) return;
  tell({ watch: pid, signal });
  child.once("exit", () => tell({ forget: pid }));
}

/** Makes sure that `directory` is removed when this process ends, however it ends. */
export const guardDirectory = (directory: string): void => tell({ remove: directory });

/** Takes back `guardDirectory`: its owner has removed it. */
export const releaseDirectory = (directory: string): void => tell({ keep: directory });
