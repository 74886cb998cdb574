import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually, isAlive } from "./testing/child-stack.ts";

const START = fileURLToPath(new URL("./start.ts", import.meta.url));

interface Running {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly ended: Promise<number | null>;
}

/** The first start builds the dashboard and the database: a moment, but on a machine on which much else is tested. */
const STARTED_MS = 300_000;

describe("npm start", { timeout: 3 * STARTED_MS }, () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "nemo-start-"));
    await chmod(folder, 0o755);
  });
  afterEach(async () => {
    const left = children
      .splice(0)
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    await Promise.all(
      left.map((child) => {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        return ended;
      }),
    );
    await rm(folder, { recursive: true, force: true });
  });

  function run(port: number): Running {
    const { OPENAI_API_KEY, NEMO_UPSTREAM_URL, ...env } = process.env;
    const child = spawn(process.execPath, [START], {
      env: { ...env, PORT: String(port), NEMO_DATA_DIRECTORY: join(folder, "data") },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => (text += part));
    return { child, text: () => text, ended: new Promise((resolve) => child.once("exit", resolve)) };
  }

  async function ready(running: Running): Promise<string> {
    const done = await eventually(
      () => /Nemo is ready/.test(running.text()) || running.child.exitCode !== null,
      STARTED_MS,
    );
    expect(done, running.text()).toBe(true);
    expect(running.text()).toContain("Nemo is ready");
    // What each of the README's ways in needs: the SDK, curl and supabase-js.
    expect(running.text()).toMatch(/export NEMO_API_KEY=nemo_sk_\S+/);
    expect(running.text()).toMatch(/with the publishable key {2}sb_publishable_\S+/);
    return running.text();
  }

  const keyIn = (text: string) => /Demo key +(nemo_sk_\S+)/.exec(text)?.[1];
  const urlIn = (text: string) => /Dashboard +(\S+)/.exec(text)?.[1] as string;

  test("prints login, key and snippet; keeps them for the next start; Ctrl-C leaves no process", async () => {
    const first = run(0);
    const text = await ready(first);
    expect(text).toContain("owner@demo.nemo.test");
    expect(text).toContain("fake (answers are made up");
    const key = keyIn(text);
    expect(text).toContain(`apiKey: "${key}"`);
    const pid = Number(
      (await readFile(join(folder, "data", "postgres", "postmaster.pid"), "utf8")).split("\n")[0],
    );
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(keyIn(await ready(run(0)))).toBe(key);
  });

  test("in a folder that is in use is refused, and told where the other one is", async () => {
    const text = await ready(run(0));
    const second = run(0);
    expect(await second.ended).toBe(1);
    expect(second.text()).toContain(`Nemo already runs in this folder at ${urlIn(text)}`);
    expect((await fetch(`${urlIn(text)}/local/health`)).status).toBe(200);
  });

  test("takes the next port if the wanted one is taken, and says so", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const running = run(port);
    expect(urlIn(await ready(running))).not.toBe(`http://127.0.0.1:${port}`);
    await expect.poll(running.text).toContain(`Port ${port} is taken; this is another one.`);
    other.close();
  });

  test("after it was killed starts again, and leaves no process of the killed one", async () => {
    const killed = run(0);
    await ready(killed);
    const pid = Number(
      (await readFile(join(folder, "data", "postgres", "postmaster.pid"), "utf8")).split("\n")[0],
    );
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect(await eventually(() => !isAlive(pid))).toBe(true);
    await ready(run(0));
  });

  test("ends with a sentence when its database is killed, and starts again with the same data", async () => {
    const running = run(0);
    const key = keyIn(await ready(running));
    const file = await readFile(join(folder, "data", "postgres", "postmaster.pid"), "utf8");
    process.kill(Number(file.split("\n")[0]), "SIGKILL");
    expect(await running.ended).toBe(1);
    expect(running.text()).toContain("Postgres has ended unasked (by SIGKILL)");
    expect(keyIn(await ready(run(0)))).toBe(key);
  });

  test("with a port that is none is refused with a sentence", async () => {
    const refused = run(99_999);
    expect(await refused.ended).toBe(1);
    expect(refused.text()).toContain("PORT=99999 is not a port.");
  });
});
