import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockFolder } from "./folder-lock.ts";

describe("the lock of a data folder", () => {
  let folder: string;
  const lockFile = () => join(folder, "running.json");
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "nemo-lock-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Answers like a running Nemo with this process id. */
  async function withHealth<T>(pid: number, work: (url: string) => Promise<T>): Promise<T> {
    const server = createServer((_request, response) => response.end(JSON.stringify({ nemo: true, pid })));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }

  test("a second start is refused and told where the first one is", async () => {
    await withHealth(process.ppid, async (url) => {
      await writeFile(lockFile(), JSON.stringify({ pid: process.ppid, url }));
      const refusal = `Nemo already runs in this folder at ${url} (process ${process.ppid})`;
      await expect(lockFolder(folder)).rejects.toThrow(refusal);
    });
  });

  test("a start that is still under way counts as running", async () => {
    await writeFile(lockFile(), JSON.stringify({ pid: process.ppid }));
    await expect(lockFolder(folder)).rejects.toThrow("Nemo already runs in this folder");
  });

  test("what a killed stack left behind is no obstacle", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    await writeFile(lockFile(), JSON.stringify({ pid, url: "http://127.0.0.1:9" }));
    const lock = await lockFolder(folder);
    expect(JSON.parse(await readFile(lockFile(), "utf8"))).toEqual({ pid: process.pid });
    await lock.release();
  });

  test("a process id that belongs to something else by now is no obstacle", async () => {
    await withHealth(1, async (url) => {
      await writeFile(lockFile(), JSON.stringify({ pid: process.ppid, url }));
      await expect(lockFolder(folder)).resolves.toBeDefined();
    });
  });

  test("a lock that is made but not written yet is another start's, not a torn one", async () => {
    await writeFile(lockFile(), "");
    const second = expect(lockFolder(folder)).rejects.toThrow("Nemo already runs in this folder");
    await sleep(100);
    await writeFile(lockFile(), JSON.stringify({ pid: process.ppid }));
    await second;
  });

  test("a torn lock is no obstacle", async () => {
    await writeFile(lockFile(), '{"pid": 12');
    await expect(lockFolder(folder)).resolves.toBeDefined();
  });

  test.runIf(process.platform === "linux")(
    "a folder that cannot be written is named, with what to do",
    async () => {
      await expect(lockFolder("/proc")).rejects.toThrow(
        /^The data folder \/proc cannot be written: .*NEMO_DATA_DIRECTORY/,
      );
    },
  );

  test("a released folder can be taken again", async () => {
    const lock = await lockFolder(folder);
    await lock.release();
    await expect(lockFolder(folder)).resolves.toBeDefined();
  });
});
