import { execFileSync } from "node:child_process";

/**
 * Gives this process and all it has started precedence over everything else on the machine while `work` runs, and
 * takes it back: what is measured is then the dashboard and not who else is busy. Linux and root only; answers
 * whether it could.
 */
export async function undisturbed<T>(work: () => Promise<T>): Promise<{ result: T; undisturbed: boolean }> {
  const given = schedule("--rr", "1");
  try {
    return { result: await work(), undisturbed: given };
  } finally {
    if (given) schedule("--other", "0");
  }
}

function schedule(policy: string, priority: string): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    for (const pid of family()) {
      try {
        execFileSync("chrt", ["--all-tasks", policy, "--pid", priority, pid], { stdio: "ignore" });
      } catch (reason) {
        if (pid === String(process.pid)) throw reason; // Others may have ended meanwhile.
      }
    }
    return true;
  } catch {
    return false;
  }
}

/** The ids of this process and of all that descend from it. */
function family(): Set<string> {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
    .split("\n")
    .map((row) => row.trim().split(/\s+/));
  const found = new Set([String(process.pid)]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [pid, parent] of rows) if (pid && parent && found.has(parent)) found.add(pid);
  }
  return found;
}
