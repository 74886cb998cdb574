import type { measureActivation } from "./activation.ts";
import type { measureDurability } from "./durability.ts";
import { against, floorOf, medianOf } from "./print-table.ts";
import type { Rounds } from "./rounds.ts";

/** What a run found out; parts that were not asked for are not there. */
export interface Results {
  parts: Record<string, Rounds>;
  durability?: Awaited<ReturnType<typeof measureDurability>>;
  activation?: Awaited<ReturnType<typeof measureActivation>>;
}

interface Goal {
  what: string;
  unit: string;
  /** Met at or below (`most`), or at or above (`least`). */
  most?: number;
  least?: number;
  found(results: Results): number;
}

const times = (part: string, target: string, other: string, figure: string) => (results: Results) =>
  against(results.parts[part] ?? {}, target, other, figure, (value, base) => value / base);
const beyond = (part: string, target: string, other: string, figure: string) => (results: Results) =>
  against(results.parts[part] ?? {}, target, other, figure, (value, base) => value - base);
const plain = (part: string, target: string, figure: string) => (results: Results) =>
  medianOf(results.parts[part] ?? {}, target, figure);

const ofFloor = (part: string, target: string, figure: string) =>
  times(part, target, floorOf(target), figure);

/** The targets of docs/performance.md, in its order. */
const GOALS: readonly Goal[] = [
  {
    what: "requests/s, 32 at a time",
    unit: "x floor",
    least: 0.6,
    found: ofFloor("throughput", "ours", "req/s"),
  },
  {
    what: "the same on Deno 2.1",
    unit: "x floor",
    least: 0.6,
    found: ofFloor("throughput", "ours-2.1", "req/s"),
  },
  {
    what: "the same, relaxed",
    unit: "x floor",
    least: 0.8,
    found: ofFloor("throughput", "ours-relaxed", "req/s"),
  },
  {
    what: "the same, beside Portkey on Node 20",
    unit: "x Portkey",
    least: 8,
    found: times("throughput", "ours", "portkey", "req/s"),
  },
  {
    what: "the same, beside Portkey on Deno",
    unit: "x Portkey",
    least: 3.5,
    found: times("throughput", "ours", "portkey-deno", "req/s"),
  },
  {
    what: "processor time per request",
    unit: "x floor",
    most: 1.5,
    found: ofFloor("throughput", "ours", "cpu us/req"),
  },
  {
    what: "the same on Deno 2.1",
    unit: "x floor",
    most: 1.5,
    found: ofFloor("throughput", "ours-2.1", "cpu us/req"),
  },
  {
    what: "the same, relaxed",
    unit: "x floor",
    most: 1.3,
    found: ofFloor("throughput", "ours-relaxed", "cpu us/req"),
  },
  {
    what: "JSON, one at a time, p50",
    unit: "ms + floor",
    most: 1.3,
    found: beyond("latency", "ours", "floor", "p50 ms"),
  },
  {
    what: "JSON, one at a time, p95",
    unit: "ms + floor",
    most: 2.5,
    found: beyond("latency", "ours", "floor", "p95 ms"),
  },
  {
    what: "the same on Deno 2.1, p50",
    unit: "ms + floor",
    most: 1.3,
    found: beyond("latency", "ours-2.1", "floor-2.1", "p50 ms"),
  },
  {
    what: "first byte of 16 paced streams, p50",
    unit: "ms + straight",
    most: 2,
    found: beyond("paced", "ours", "straight", "first byte p50 ms"),
  },
  { what: "the same, beside what Portkey adds", unit: "x Portkey", most: 1 / 15, found: addedBesidePortkey },
  {
    what: "streams/s, 16 at a time",
    unit: "x tap",
    least: 0.9,
    found: times("streams", "ours", "tap", "streams/s"),
  },
  {
    what: "processor time per paced chunk",
    unit: "us + floor",
    most: 25,
    found: beyond("paced", "ours", "floor", "cpu us/chunk"),
  },
  {
    what: "processor time per chunk at full speed",
    unit: "us + floor",
    most: 25,
    found: beyond("streams", "ours", "floor", "cpu us/chunk"),
  },
  { what: "answers not in log and ledger after 1 s", unit: "", most: 0, found: notDurable },
  {
    what: "activation acknowledged, p50",
    unit: "ms",
    most: 5,
    found: ({ activation }) => activation?.p50ms ?? Number.NaN,
  },
  {
    what: "activation acknowledged, p99",
    unit: "ms",
    most: 50,
    found: ({ activation }) => activation?.p99ms ?? Number.NaN,
  },
  {
    what: "stale answers of 10 000",
    unit: "",
    most: 0,
    found: ({ activation }) => activation?.stale ?? Number.NaN,
  },
  { what: "start to first answer", unit: "x floor", most: 2, found: ofFloor("cold start", "ours", "ms") },
  {
    what: "the same, beside Portkey on Node 20",
    unit: "x Portkey",
    most: 1 / 5,
    found: times("cold start", "ours", "portkey", "ms"),
  },
  { what: "memory, idle", unit: "MB", most: 80, found: plain("cold start", "ours", "MB idle") },
  { what: "memory, under load", unit: "MB", most: 170, found: plain("throughput", "ours", "MB under load") },
];

function addedBesidePortkey({ parts }: Results): number {
  const added = (target: string) =>
    against(
      parts.paced ?? {},
      target,
      "straight",
      "first byte p50 ms",
      (value, straight) => value - straight,
    );
  return added("ours") / added("portkey");
}

/** Those of a process that was killed may wait to be settled instead, but not be forgotten. */
function notDurable({ durability }: Results): number {
  if (!durability) return Number.NaN;
  const { notInLedger, notInLog, writtenAfterMsMax, killed } = durability;
  const late = writtenAfterMsMax > 1_000 ? 1 : 0;
  return (
    notInLedger + notInLog + late + Math.max(killed.answered - killed.logged - killed.keptForSettling, 0)
  );
}

/** Prints every target that was measured, what was found, and whether that meets it. */
export function printVerdict(results: Results): void {
  console.log(`\n${"target".padEnd(46)}${"asked".padStart(12)}${"found".padStart(12)}`);
  for (const { what, unit, most, least, found } of GOALS) {
    const value = found(results);
    const asked = most === undefined ? `>= ${shown(least as number)}` : `<= ${shown(most)}`;
    const verdict = Number.isNaN(value) ? "not measured" : isMet(value, most, least) ? "met" : "not met";
    const written = Number.isNaN(value) ? "" : shown(value);
    console.log(
      `${what.padEnd(46)}${asked.padStart(12)}${written.padStart(12)} ${unit.padEnd(14)} ${verdict}`,
    );
  }
}

const isMet = (value: number, most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY) =>
  value <= most && value >= least;

const shown = (value: number) => (Number.isInteger(value) ? String(value) : value.toPrecision(3));
