import type { PrimaryMetric, ReportedPairSums, ReportedSums } from "@core/ab/metrics.ts";

/** A row of `ab_test_timeline`: one variant in one span of time. */
export type TimelineRow = {
  variant: string;
  at: string;
  step_seconds: number;
  n: number;
  errors: number;
  sums: Partial<Record<PrimaryMetric, ReportedSums>>;
  latency_p95_ms: number | null;
};

/** A row of `ab_test_subject_timeline`: what a span of time added to the sums over subjects. */
export type SubjectTimelineRow = {
  variant: string;
  at: string;
  step_seconds: number;
  /** Who came for the first time. */
  subjects: number;
  sums: Partial<Record<PrimaryMetric, ReportedPairSums>>;
};

export type ChartedMetric = "cost" | "latency_p95" | "quality" | "error_rate" | "tokens";

/** A point of a chart: the time, and each variant's value by its letter; null where it has none. */
export type Point = { at: number } & Record<string, number | null>;

/** Cost is in nano-dollars per request, latency in milliseconds, quality and error rate 0 to 1. */
export function seriesOf(rows: readonly TimelineRow[], metric: ChartedMetric): Point[] {
  return byTime(rows, (row) => {
    if (metric === "latency_p95") return row.latency_p95_ms;
    const sums = row.sums[metric];
    return sums && sums.n > 0 ? sums.sum / sums.n : null;
  });
}

/** How many requests each variant had in each span. */
export function requestSeries(rows: readonly TimelineRow[]): Point[] {
  return byTime(rows, (row) => row.n);
}

function byTime(rows: readonly TimelineRow[], measured: (row: TimelineRow) => number | null): Point[] {
  const points = new Map<string, Point>();
  for (const row of rows) {
    const point: Point = points.get(row.at) ?? { at: Date.parse(row.at) };
    point[row.variant] = measured(row);
    points.set(row.at, point);
  }
  return [...points.values()].sort((a, b) => a.at - b.at);
}
