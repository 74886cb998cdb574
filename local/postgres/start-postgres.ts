import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chown, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../network/free-port.ts";
import { guardChild } from "../processes/guard.ts";
import { StackError } from "../stack-error.ts";
import { POSTGRES_ENVIRONMENT, postgresBinaries } from "./binaries.ts";
import { ensureDataDirectory } from "./data-directory.ts";
import { remedyFor } from "./remedy.ts";
import { clearStaleLock } from "./stale-lock.ts";

export interface PostgresOptions {
  /** Where the data lives; made if it does not exist. */
  readonly dataDirectory: string;
  /** Of every login role. */
  readonly password: string;
  /** False for throw-away data: nothing is waited for to reach the disk, which is several times faster. */
  readonly durable: boolean;
  /** Preferred; another one is taken if it is not free. */
  readonly port?: number;
}

export interface RunningPostgres {
  readonly port: number;
  readonly pid: number;
  /** Connection URL for a role and a database. */
  url(role?: string, database?: string): string;
  /** Rejects when Postgres ends without having been asked to; otherwise never settles. */
  readonly died: Promise<never>;
  stop(): Promise<void>;
}

/** Long enough for what a crash left to be recovered on a slow disk. */
const START_TIMEOUT_MS = 100_000;

const COMMON_SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  wal_level: "logical",
  max_connections: "200",
  max_wal_senders: "10",
  max_replication_slots: "10",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  password_encryption: "scram-sha-256",
};

const THROW_AWAY_SETTINGS = {
  // Each test file that runs has ten or so.
  max_connections: "400",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_wal_size: "4GB",
};

/** Starts Postgres 17 on the loopback address and answers when it accepts connections. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataDirectory, password, durable } = options;
  await ensureDataDirectory(dataDirectory, password, durable);
  await clearStaleLock(dataDirectory, password);
  const logFile = `${dataDirectory}.log`;
  const { child, port } = await spawnOnFreePort(options, logFile);
  const pid = child.pid as number;
  let stopped = false;
  const died = new Promise<never>((_, reject) => {
    child.once("exit", (code, signal) => {
      const how = signal ? `by ${signal}` : `with ${code}`;
      const sentence = `Postgres has ended unasked (${how}); ${logFile} has its last words. What was committed is kept: start again.`;
      if (!stopped) reject(new StackError(sentence));
    });
  });
  died.catch(() => {}); // Whoever waits for it is told; it need not be anybody.
  return {
    port,
    pid,
    died,
    url: (role = "postgres", database = "postgres") =>
      `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    stop: () => {
      stopped = true;
      return stopPostgres(child, dataDirectory);
    },
  };
}

/** A port that was free a moment ago may be taken by the time Postgres binds it: then the next one. */
async function spawnOnFreePort(
  options: PostgresOptions,
  logFile: string,
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? options.port : undefined);
    const child = await spawnPostgres(options, port, logFile);
    guardChild(child, "SIGINT");
    if (await becomesReady(child, options.dataDirectory)) return { child, port };
    const said = await lastLines(logFile);
    if (attempt < 5 && /could not bind|could not create any TCP/i.test(said)) continue;
    const damaged = `If the data in ${options.dataDirectory} is damaged, move that directory away and start again.`;
    throw new StackError(
      `Postgres did not start. Its last words, from ${logFile}:\n${said}\n${remedyFor(said, damaged)}`,
    );
  }
}

async function spawnPostgres(options: PostgresOptions, port: number, logFile: string): Promise<ChildProcess> {
  const { postgres } = await postgresBinaries();
  const settings = {
    ...COMMON_SETTINGS,
    ...(options.durable ? {} : THROW_AWAY_SETTINGS),
    port: String(port),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const owner = process.getuid?.() === 0 ? await stat(options.dataDirectory) : undefined;
  const log = openSync(logFile, "w");
  try {
    if (owner) await chown(logFile, owner.uid, owner.gid);
    return spawn(postgres, ["-D", options.dataDirectory, ...flags], {
      ...(owner && { uid: owner.uid, gid: owner.gid }),
      cwd: options.dataDirectory,
      env: POSTGRES_ENVIRONMENT,
      // A group of its own: a Ctrl-C is for us, and we stop Postgres last.
      detached: process.platform !== "win32",
      stdio: ["ignore", log, log],
      windowsHide: true,
    });
  } finally {
    closeSync(log);
  }
}

/** Postgres writes `ready` into the eighth line of its lock file once it accepts connections. */
async function becomesReady(child: ChildProcess, dataDirectory: string): Promise<boolean> {
  let ended = false;
  child.once("error", () => (ended = true));
  child.once("exit", () => (ended = true));
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!ended && Date.now() < deadline) {
    const lines = (await readFile(join(dataDirectory, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return true;
    await delay(10);
  }
  if (!ended) child.kill("SIGKILL");
  return false;
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trim().split("\n").slice(-8).join("\n");
}

async function stopPostgres(child: ChildProcess, dataDirectory: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (process.platform === "win32") {
    const { pg_ctl } = await postgresBinaries();
    spawn(pg_ctl, ["stop", "-D", dataDirectory, "-m", "fast"], { stdio: "ignore", windowsHide: true });
  } else {
    child.kill("SIGINT"); // Fast shutdown: sessions are ended, nothing committed is lost.
  }
  const killed = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(killed);
}
