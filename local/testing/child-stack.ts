import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../stack-cli.ts", import.meta.url));

export interface ChildStack {
  readonly child: ChildProcess;
  readonly facts: Record<string, string> & { readonly pid: number };
  /** Everything that was printed on standard output. */
  readonly output: string[];
  readonly ended: Promise<number | null>;
}

/** Starts `npm run -s stack` as a program would, and waits for its line. */
export async function startChildStack(flags: readonly string[] = []): Promise<ChildStack> {
  const child = spawn(process.execPath, [CLI, "--ephemeral", "--json", "--no-seed", ...flags], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const output: string[] = [];
  let errors = "";
  child.stderr?.on("data", (part) => (errors += part));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const first = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      output.push(line);
      resolve(line);
    });
    void ended.then(() => reject(new Error(`the stack ended before it was ready: ${errors}`)));
  });
  return { child, facts: JSON.parse(await first), output, ended };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until `condition` holds, and answers whether it did in time. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  withinMs = 120_000,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (await condition()) return true;
    await delay(25);
  }
  return false;
}
