import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Processor time all threads of a process have used, in microseconds. Linux only, like all of this file. */
export function cpuMicroseconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1").split(" ")[0]);
    } catch {
      // It ended while the list was read.
    }
  }
  return nanoseconds / 1000;
}

/** The same of all living children of a process: the sessions and helpers of a Postgres. */
export function childrenCpuMicroseconds(parent: number): number {
  let sum = 0;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (parentOf(Number(name)) === parent) sum += cpuMicroseconds(Number(name));
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

/** From /proc/<pid>/stat, behind the name, which may hold spaces. */
function parentOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
}
