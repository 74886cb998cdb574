import type { HistogramCell } from "../stats/quantile-sequence.ts";

/** The ratio of a latency bucket's ends: bucket i holds milliseconds above 1.04^(i−1) and at most 1.04^i. */
const BUCKET_RATIO = 1.04;

/**
 * A latency histogram of a report, `[[bucket, count], …]` in rising order, as cells with their ends in milliseconds.
 * When the values are worth fewer independent ones, all counts are made smaller alike.
 */
export function latencyCells(
  histogram: readonly (readonly [bucket: number, count: number])[],
  worth?: number,
): HistogramCell[] {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0);
  const scale = worth === undefined || total === 0 ? 1 : Math.min(1, worth / total);
  return histogram.map(([bucket, count]) => ({
    low: BUCKET_RATIO ** (bucket - 1),
    high: BUCKET_RATIO ** bucket,
    count: count * scale,
  }));
}
