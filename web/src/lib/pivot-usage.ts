import { firstSpan, stepOf, type Usage } from "./queries/get-usage.ts";

/** One point of a chart: a value for each part, null where there is nothing to say. */
export type Point = { at: string } & Record<string, number | string | null>;

export type Measure = "requests" | "failed" | "cost" | "tokens" | "p50" | "p95";

/** Amounts are zero where nothing happened; shares and durations of nothing are unknown. */
const read: Record<Measure, { of: (row: Usage) => number | null; empty: number | null }> = {
  requests: { of: (row) => row.requests, empty: 0 },
  failed: { of: (row) => row.errors / row.requests, empty: null },
  cost: { of: (row) => row.cost_nanousd, empty: 0 },
  tokens: { of: (row) => row.prompt_tokens + row.completion_tokens, empty: 0 },
  p50: { of: (row) => row.latency_p50_ms, empty: null },
  p95: { of: (row) => row.latency_p95_ms, empty: null },
};

export function valueIn(measure: Measure, row: Usage | undefined): number | null {
  return row ? read[measure].of(row) : read[measure].empty;
}

/** Parts from the busiest to the least; the rest, `other`, is always last. */
export function partsOf(rows: readonly Usage[]): string[] {
  const parts = rows.filter(({ scope }) => scope === "part").map(({ part }) => part!);
  return [...parts.filter((part) => part !== "other"), ...parts.filter((part) => part === "other")];
}

/** Every hour or day of the time, those without requests too, with one value per part. */
export function pivot(
  rows: readonly Usage[],
  measure: Measure,
  days: number,
  now: number = Date.now(),
): Point[] {
  const step = stepOf(days) === "hour" ? 3_600_000 : 86_400_000;
  const parts = partsOf(rows);
  const points = new Map<number, Point>();
  for (let at = firstSpan(days, now); at <= now; at += step) {
    const empty = Object.fromEntries(parts.map((part) => [part, read[measure].empty]));
    points.set(at, { ...empty, at: new Date(at).toISOString() });
  }
  for (const row of rows) {
    const point = row.scope === "point" && row.at ? points.get(Date.parse(row.at)) : undefined;
    if (point && row.part !== null) point[row.part] = read[measure].of(row);
  }
  return [...points.values()];
}
