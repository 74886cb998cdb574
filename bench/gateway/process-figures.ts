import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

/** Processor time a process has used, in microseconds. Linux only, like all of this file. */
export function cpuMicroseconds(pid: number): number {
  const [user, system] = statOf(pid).slice(11, 13);
  return ((Number(user) + Number(system)) / TICKS_PER_SECOND) * 1e6;
}

/** The same of all living children of a process: the sessions and helpers of a Postgres. */
export function childrenCpuMicroseconds(parent: number): number {
  let sum = 0;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = statOf(Number(name));
      if (Number(stat[1]) === parent) sum += ((Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND) * 1e6;
    } catch {
      // It ended while the list was read.
    }
  }
  return sum;
}

/** Resident memory in megabytes. */
export function residentMegabytes(pid: number): number {
  const pages = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "latin1"));
  return Number(pages?.[1] ?? 0) / 1024;
}

/** Keeps a process and its threads on one core, where the machine has more and the tool is there. */
export function pin(pid: number, core: number): void {
  try {
    execFileSync("taskset", ["-a", "-c", "-p", String(core), String(pid)], { stdio: "ignore" });
  } catch {
    // One core, or no taskset: then everything shares what there is.
  }
}

/** The fields of /proc/<pid>/stat after the name, which may hold spaces. */
function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}
