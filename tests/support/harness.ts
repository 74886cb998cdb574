import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What `npm run -s stack -- --ephemeral --json` prints. */
export interface HarnessFacts {
  url: string;
  publishableKey: string;
  secretKey: string;
  dbUrl: string;
  gatewayUrl: string;
  webUrl: string;
  pid: number;
}

export interface Harness extends HarnessFacts {
  /** Closes its standard input, as the command promises, and waits until it is gone. Answers its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the command as an outside program would: by its line, reading its one line of JSON. */
export async function startHarness(options: string[] = []): Promise<Harness> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const command = spawn(process.execPath, ["local/stack-cli.ts", "--ephemeral", "--json", ...options], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(command, "exit") as Promise<[number | null]>;
  const ended = exited.then(([code]) => {
    throw new Error(`The stack ended with ${code} before it was ready.`);
  });
  const lines = createInterface({ input: command.stdout });
  const [line] = (await Promise.race([once(lines, "line"), ended])) as [string];
  ended.catch(() => {});
  return {
    ...(JSON.parse(line) as HarnessFacts),
    async stop() {
      command.stdin.end();
      const [code] = await exited;
      return code;
    },
  };
}
