import type { ReportRow, TestSettings } from "@core/ab/analysis-types.ts";
import { analyzePhase } from "@core/ab/analyze-test.ts";
import { PRIMARY_METRICS, type PrimaryMetric, type ReportedSums } from "@core/ab/metrics.ts";
import { addSums } from "@core/stats/estimate.ts";
import type { Variant } from "./api/get-tests.ts";

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

/** What was known of one challenger at a moment: estimate and interval of the lift, or of the difference. */
export type Known = { estimate: number; low: number; high: number };
export type SequencePoint = { at: number; known: Record<string, Known> };

/**
 * The confidence sequence of the primary metric as it was at the end of each span: the same analysis as the
 * verdict's, on what had been counted until then. Points before there is an interval are left out.
 */
export function sequenceOf(
  rows: readonly TimelineRow[],
  variants: readonly Variant[],
  settings: TestSettings,
): SequencePoint[] {
  const times = [...new Set(rows.map(({ at }) => at))].sort();
  const sums = new Map(variants.map(({ letter }) => [letter, {} as Record<string, ReportedSums>]));
  const counts = new Map(variants.map(({ letter }) => [letter, 0]));
  const points: SequencePoint[] = [];
  for (const at of times) {
    for (const row of rows.filter((one) => one.at === at)) {
      counts.set(row.variant, (counts.get(row.variant) ?? 0) + row.n);
      const known = sums.get(row.variant);
      if (!known) continue;
      for (const metric of PRIMARY_METRICS) known[metric] = add(known[metric], row.sums[metric]);
    }
    const reported = variants.map(({ letter, phase, weight, stopped_at }): ReportRow => {
      const n = counts.get(letter) ?? 0;
      return {
        phase,
        variant: letter,
        weight,
        stopped_at,
        n,
        sums: sums.get(letter) ?? {},
        latency_histogram: [],
      };
    });
    const known = knownNow(reported, settings);
    if (Object.keys(known).length > 0) {
      points.push({ at: Date.parse(at) + (rows[0]?.step_seconds ?? 0) * 1000, known });
    }
  }
  return points;
}

function knownNow(rows: readonly ReportRow[], settings: TestSettings): Record<string, Known> {
  const known: Record<string, Known> = {};
  for (const { letter, comparisons } of analyzePhase(rows, settings).variants) {
    const primary = comparisons.find(({ metric }) => metric === settings.primary_metric);
    const shown = primary?.lift ?? primary?.difference;
    if (!shown || !Number.isFinite(shown.interval.low) || !Number.isFinite(shown.interval.high)) continue;
    known[letter] = { estimate: shown.estimate, ...shown.interval };
  }
  return known;
}

function add(a: ReportedSums | undefined, b: ReportedSums | undefined): ReportedSums {
  const parts = [a, b].flatMap((one) =>
    one ? [{ n: one.n, sum: one.sum, sumOfSquares: one.sum_of_squares }] : [],
  );
  const { n, sum, sumOfSquares } = addSums(...parts);
  return { n, sum, sum_of_squares: sumOfSquares };
}
