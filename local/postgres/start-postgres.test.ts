import { chmod, mkdtemp, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually, isAlive } from "../testing/child-stack.ts";
import { startPostgres } from "./start-postgres.ts";

describe("a data directory", () => {
  let folder: string;
  const start = () =>
    startPostgres({ dataDirectory: join(folder, "postgres"), password: "test", durable: false });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "nemo-postgres-"));
    await chmod(folder, 0o755);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function withRow(): Promise<void> {
    const server = await start();
    const sql = postgres(server.url("supabase_admin"), { max: 1 });
    await sql`create table kept (id int)`;
    await sql`insert into kept values (1)`;
    await sql.end();
    await server.stop();
  }

  async function rowsOf(url: string): Promise<number> {
    const sql = postgres(url, { max: 1 });
    try {
      return (await sql`select * from kept`).length;
    } finally {
      await sql.end();
    }
  }

  test("keeps its data from one start to the next", async () => {
    await withRow();
    const server = await start();
    expect(await rowsOf(server.url("supabase_admin"))).toBe(1);
    await server.stop();
  });

  test.each(["PG_VERSION", "global/pg_control", "postgresql.conf"])(
    "without its %s is refused with a sentence, and nothing in it is touched",
    async (part) => {
      await withRow();
      await unlink(join(folder, "postgres", part));
      await expect(start()).rejects.toThrow(`is incomplete: ${part} is missing. Nothing was changed. Move`);
    },
  );

  test("of another version of Postgres is refused with both versions named", async () => {
    await withRow();
    await writeFile(join(folder, "postgres", "PG_VERSION"), "15\n");
    await expect(start()).rejects.toThrow("was written by Postgres 15; this is 17");
  });

  test("with the lock file of a server that was killed starts, and has lost nothing", async () => {
    await withRow();
    const killed = await start();
    process.kill(killed.pid, "SIGKILL");
    expect(await eventually(() => !isAlive(killed.pid))).toBe(true);
    const server = await start();
    expect(await rowsOf(server.url("supabase_admin"))).toBe(1);
    await server.stop();
  });

  test("that another server still runs on is taken over from it", async () => {
    const orphan = await start();
    const server = await start();
    expect(await eventually(() => !isAlive(orphan.pid))).toBe(true);
    expect(isAlive(server.pid)).toBe(true);
    await server.stop();
  });

  test("does not fight over a port that is taken", async () => {
    const first = await start();
    const dataDirectory = join(folder, "second");
    const second = await startPostgres({ dataDirectory, password: "test", durable: false, port: first.port });
    expect(second.port).not.toBe(first.port);
    await Promise.all([first.stop(), second.stop()]);
  });
});
