import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { guardChild } from "../processes/guard.ts";
import { denoArguments, denoEnvironment, denoProgram } from "./deno.ts";

export interface FunctionSource {
  readonly name: string;
  /** Absolute paths. */
  readonly entrypoint: string;
  readonly config?: string;
}

export interface FunctionProcess {
  readonly pid: number;
  /** Resolves with the port when the function serves; rejects with its last words if it ends before. */
  readonly port: Promise<number>;
  readonly ended: Promise<void>;
  isRunning(): boolean;
  /** Lets it finish what it has begun, then ends it. */
  stop(): Promise<void>;
}

/** Longer than the host's own limit for unfinished work. */
const KILL_AFTER_MS = 7_500;

/** Starts one function in a Deno process of its own. `log` gets every line it prints. */
export function startFunctionProcess(
  source: FunctionSource,
  environment: Readonly<Record<string, string>>,
  log: (line: string) => void,
): FunctionProcess {
  const announcement = `${randomUUID()} `;
  const entryUrl = pathToFileURL(source.entrypoint).href;
  const child = spawn(denoProgram(), denoArguments(source.config, entryUrl, announcement), {
    env: denoEnvironment({ ...environment, SUPABASE_FUNCTION_SLUG: source.name }),
    // A group of its own: a Ctrl-C is for us, and we let it finish its work.
    detached: process.platform !== "win32",
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  guardChild(child, "SIGTERM");
  child.stdin.on("error", () => {}); // It may end before we close the pipe.
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.once("error", (error) => log(error.message));
  return {
    pid: child.pid ?? 0,
    port: announcedPort(child, announcement, log),
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    stop: () => stop(child, ended),
  };
}

function announcedPort(
  child: ChildProcess,
  announcement: string,
  log: (line: string) => void,
): Promise<number> {
  const port = new Promise<number>((resolve, reject) => {
    const lastWords: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        if (line.startsWith(announcement)) return resolve(Number(line.slice(announcement.length)));
        if (lastWords.push(line) > 20) lastWords.shift();
        log(line);
      });
    }
    child.once("close", () => reject(new Error(lastWords.join("\n") || "It ended without a word.")));
    child.once("error", reject);
  });
  port.catch(() => {}); // Whoever needs the port is told; nobody has to ask.
  return port;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end();
  const kill = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
  await ended;
  clearTimeout(kill);
}
