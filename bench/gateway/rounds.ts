import { load, quantile } from "./load.ts";
import { childrenCpuMicroseconds, cpuMicroseconds, residentMegabytes } from "./process-figures.ts";
import type { Target } from "./targets.ts";

/** Figures of one target in one round, by name. */
export type Figures = Record<string, number>;

/** Those of all rounds of a part, by target. */
export type Rounds = Record<string, Figures[]>;

export interface Part {
  readonly name: string;
  readonly targets: readonly string[];
  /** How often, unless it is said otherwise. */
  readonly rounds: number;
  measure(target: Target, postgresPid: number): Promise<Figures>;
}

const SECONDS = 1;

async function cpuOf<T>(
  target: Target,
  postgresPid: number,
  work: () => Promise<T>,
): Promise<{ result: T; cpu: number; databaseCpu: number }> {
  const before = cpuMicroseconds(target.pid);
  const databaseBefore = childrenCpuMicroseconds(postgresPid);
  const result = await work();
  return {
    result,
    cpu: cpuMicroseconds(target.pid) - before,
    databaseCpu: childrenCpuMicroseconds(postgresPid) - databaseBefore,
  };
}

const STREAM = { chunks: 50, delay: 0 };
const PACED = { chunks: 100, delay: 20 };

/** What is measured in turns, round after round, over processes that stay alive. */
export const PARTS: readonly Part[] = [
  {
    name: "throughput",
    rounds: 5,
    targets: [
      "straight",
      "floor",
      "duties",
      "ours",
      "ours-relaxed",
      "portkey",
      "portkey-deno",
      "floor-2.1",
      "ours-2.1",
    ],
    async measure(target, postgresPid) {
      const { result, cpu, databaseCpu } = await cpuOf(target, postgresPid, () =>
        load({ port: target.port, request: target.request(), concurrency: 32, seconds: SECONDS }),
      );
      const count = result.answers.length;
      return {
        "req/s": count / result.seconds,
        "cpu us/req": cpu / count,
        "postgres us/req": target.name.startsWith("ours") ? databaseCpu / count : 0,
        "MB under load": residentMegabytes(target.pid),
      };
    },
  },
  {
    name: "latency",
    rounds: 5,
    targets: ["straight", "floor", "duties", "ours", "ours-relaxed", "portkey", "floor-2.1", "ours-2.1"],
    async measure(target) {
      const { answers } = await load({
        port: target.port,
        request: target.request(),
        concurrency: 1,
        seconds: SECONDS,
      });
      const times = answers.map((answer) => answer.endedAt - answer.startedAt);
      return { "p50 ms": quantile(times, 0.5), "p95 ms": quantile(times, 0.95) };
    },
  },
  {
    name: "paced",
    rounds: 2,
    targets: ["straight", "floor", "tap", "ours", "portkey"],
    async measure(target, postgresPid) {
      const { result, cpu } = await cpuOf(target, postgresPid, () =>
        load({
          port: target.port,
          request: target.request(PACED),
          concurrency: 16,
          // Each sends one stream of two seconds, while all the others are under way or about to be.
          seconds: 1,
          staggerMs: 60,
        }),
      );
      const times = result.answers.map((answer) => answer.firstByteAt - answer.startedAt);
      return {
        "first byte p50 ms": quantile(times, 0.5),
        "first byte p95 ms": quantile(times, 0.95),
        "cpu us/chunk": cpu / (result.answers.length * (PACED.chunks + 2)),
      };
    },
  },
  {
    name: "streams",
    rounds: 5,
    targets: ["straight", "floor", "tap", "ours", "portkey"],
    async measure(target, postgresPid) {
      const { result, cpu } = await cpuOf(target, postgresPid, () =>
        load({ port: target.port, request: target.request(STREAM), concurrency: 16, seconds: SECONDS }),
      );
      return {
        "streams/s": result.answers.length / result.seconds,
        "cpu us/stream": cpu / result.answers.length,
        "cpu us/chunk": cpu / (result.answers.length * (STREAM.chunks + 2)),
      };
    },
  },
];
