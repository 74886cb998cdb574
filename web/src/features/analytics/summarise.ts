import { BUCKET_RATIO } from "@core/ab/latency-cells.ts";
import type { Rollup } from "./api/get-rollups.ts";

/** One point of every chart. Latencies are milliseconds, null in an hour or day without requests. */
export type Point = {
  at: string;
  requests: number;
  errors: number;
  cost: number;
  tokens: number;
  p50: number | null;
  p95: number | null;
};

/** The upper end of the bucket in which the quantile falls: at most one bucket (4 %) above the true value. */
export function quantile(histogram: Map<number, number>, q: number): number | null {
  const total = [...histogram.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const [bucket, count] of [...histogram].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= q * total) return BUCKET_RATIO ** bucket;
  }
  return null;
}

function addHistogram(sum: Map<number, number>, histogram: Record<string, number>) {
  for (const [bucket, count] of Object.entries(histogram)) {
    sum.set(Number(bucket), (sum.get(Number(bucket)) ?? 0) + count);
  }
}

/** Hours for a short span, days for a long one; spans without requests are zero, not missing. */
export function summarise(rollups: Rollup[], days: number, now: Date = new Date()): Point[] {
  const step = days <= 2 ? 3_600_000 : 86_400_000;
  const last = Math.floor(now.getTime() / step) * step;
  const first = last - Math.ceil((days * 86_400_000) / step - 1) * step;
  const points = new Map<number, Point & { histogram: Map<number, number> }>();
  for (let at = first; at <= last; at += step) {
    const empty = { requests: 0, errors: 0, cost: 0, tokens: 0, p50: null, p95: null };
    points.set(at, { at: new Date(at).toISOString(), ...empty, histogram: new Map() });
  }
  for (const rollup of rollups) {
    const point = points.get(Math.floor(Date.parse(rollup.hour) / step) * step);
    if (!point) continue;
    point.requests += rollup.requests;
    point.errors += rollup.errors;
    point.cost += rollup.cost_nanousd / 1e9;
    point.tokens += rollup.prompt_tokens + rollup.completion_tokens;
    addHistogram(point.histogram, rollup.latency_histogram);
  }
  return [...points.values()].map(({ histogram, ...point }) => ({
    ...point,
    p50: quantile(histogram, 0.5),
    p95: quantile(histogram, 0.95),
  }));
}
