import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import postgres from "postgres";
import { afterEach, describe, expect, test } from "vitest";
import { type ChildStack, eventually, isAlive, startChildStack } from "./testing/child-stack.ts";

const run = promisify(execFile);
const CLI = fileURLToPath(new URL("./stack-cli.ts", import.meta.url));

/** A Postgres process and the folder of a running stack, asked from itself. */
async function traces({ facts }: ChildStack): Promise<{ pids: number[]; directory: string }> {
  const sql = postgres(facts.dbUrl as string, { max: 1 });
  try {
    const [row] = await sql`select checkpointer.pid, current_setting('data_directory') as directory
      from (select pid from pg_stat_activity where backend_type = 'checkpointer') as checkpointer`;
    return { pids: [facts.pid, row?.pid as number], directory: dirname(row?.directory as string) };
  } finally {
    await sql.end();
  }
}

describe("the ephemeral stack", () => {
  let stack: ChildStack | undefined;
  afterEach(() => {
    stack?.child.stdin?.end();
  });

  async function expectNothingLeft(how: (running: ChildStack) => void): Promise<void> {
    stack = await startChildStack();
    const { pids, directory } = await traces(stack);
    expect(pids.every(isAlive)).toBe(true);
    expect(existsSync(directory)).toBe(true);
    how(stack);
    await stack.ended;
    expect(await eventually(() => !pids.some(isAlive)), "processes are left").toBe(true);
    expect(await eventually(() => !existsSync(directory)), "files are left").toBe(true);
  }

  test("prints one line of JSON, and leaves nothing behind when its standard input closes", async () => {
    await expectNothingLeft(({ child, facts, output }) => {
      expect(output).toHaveLength(1);
      expect(Object.keys(facts).sort()).toEqual(
        ["dbUrl", "gatewayUrl", "pid", "publishableKey", "secretKey", "url", "webUrl"].sort(),
      );
      expect(facts.pid).toBe(child.pid);
      expect(facts.gatewayUrl).toBe(`${facts.url}/functions/v1/gateway/v1`);
      child.stdin?.end();
    });
    expect(stack?.output).toHaveLength(1);
    expect(await stack?.ended).toBe(0);
  });

  test("leaves nothing behind on SIGTERM", async () => {
    await expectNothingLeft(({ child }) => child.kill("SIGTERM"));
  });

  test("leaves nothing behind when it is killed and can do nothing about it", async () => {
    await expectNothingLeft(({ child }) => child.kill("SIGKILL"));
  });

  test("refuses a misspelt flag with its usage", async () => {
    const refused = run(process.execPath, [CLI, "--ephemeral", "--jsno"]);
    await expect(refused).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Usage: npm run"),
    });
  });

  test("--help says how it is called, starts nothing and ends with 0", async () => {
    expect((await run(process.execPath, [CLI, "--help"])).stdout).toMatch(/^Usage: npm run/);
  });
});
