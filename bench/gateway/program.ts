import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { guardChild } from "../../local/processes/guard.ts";

export interface Program {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a program that prints its port as its first line (or matches `portIn`), on the core given. */
export async function startProgram(
  command: string,
  args: string[],
  options: { env?: Record<string, string>; cwd?: string; port?: number } = {},
): Promise<Program> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { PATH: process.env.PATH ?? "", ...options.env },
    stdio: ["pipe", "pipe", "ignore"],
  });
  guardChild(child, "SIGTERM");
  const port = options.port ?? Number(await firstLine(child));
  if (options.port === undefined && !(port > 0)) throw new Error(`${command} did not print its port`);
  child.stdout?.resume();
  return { pid: child.pid as number, port, stop: () => end(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(kill);
}
