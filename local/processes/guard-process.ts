/**
 * Runs as a process of its own and outlives a parent that is killed without warning.
 *
 * Its standard input is a pipe from the parent: JSON lines say which processes and directories depend on the
 * parent. When the pipe ends, the parent is gone, whatever ended it, and everything still on the list is
 * stopped and removed. It imports nothing of the project, so that it starts in a few milliseconds.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

/** How long a process may take to end by itself before it is killed. */
const PATIENCE_MS = 8_000;

const processes = new Map<number, NodeJS.Signals>();
const directories = new Set<string>();

type Line =
  | { watch: number; signal: NodeJS.Signals }
  | { forget: number }
  | { remove: string }
  | { keep: string };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"]);
    else process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

async function cleanUp(): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (const [pid, signal] of processes) end(pid, signal);
  const alive = () => [...processes.keys()].filter(isAlive);
  while (alive().length > 0 && Date.now() < deadline) await delay(20);
  for (const pid of alive()) end(pid, "SIGKILL");
  for (const directory of directories) {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

// A Ctrl-C at the terminal reaches the whole foreground group; the end of the pipe is what counts here.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

const lines = createInterface({ input: process.stdin });
lines.on("line", (text) => {
  const line = JSON.parse(text) as Line;
  if ("watch" in line) processes.set(line.watch, line.signal);
  else if ("forget" in line) processes.delete(line.forget);
  else if ("remove" in line) directories.add(line.remove);
  else directories.delete(line.keep);
});
lines.on("close", () => void cleanUp().finally(() => process.exit(0)));
