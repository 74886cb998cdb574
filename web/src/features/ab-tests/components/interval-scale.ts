import type { MetricComparison } from "@core/ab/analysis-types.ts";
import { formatAmount, formatShare } from "@core/ab/format-amount.ts";
import { METRICS } from "@core/ab/metrics.ts";
import type { Comparison } from "@core/stats/compare-estimates.ts";

/** One scale for all variants of a metric, zero in the middle: what is compared is drawn to the same measure. */
export type IntervalScale = {
  /** The value at the right end; the left end is minus this. */
  reach: number;
  /** 0 at the left end, 100 at the right; beyond the ends it stays there. */
  at: (value: number) => number;
  format: (value: number) => string;
  /** False while nothing is known that the ends could be measured by. */
  measured: boolean;
  /** Half the width of the zone that is smaller than worth finding; null where that is not a share. */
  smallest: number | null;
};

/** The lift where there is one, else the difference in the metric's own unit. */
export function judged(comparison: MetricComparison): Comparison {
  return comparison.lift ?? comparison.difference;
}

/** More than this many times the smallest effect is drawn as an arrow: early intervals are wide. */
const WIDEST = 12;

export function scaleOf(comparisons: readonly MetricComparison[], smallestEffect: number): IntervalScale {
  const isShare = comparisons.every(({ lift }) => lift !== null);
  const ends = comparisons
    .map(judged)
    .flatMap(({ interval }) => [interval.low, interval.high])
    .filter(Number.isFinite)
    .map(Math.abs);
  // Before there is an interval the estimates alone say how far out the scale must reach.
  const estimates = comparisons.map((one) => Math.abs(judged(one).estimate)).filter(Number.isFinite);
  const widest = Math.max(0, ...(ends.length > 0 ? ends : estimates));
  const reach = isShare
    ? Math.min(Math.max(widest * 1.1, smallestEffect * 2), smallestEffect * WIDEST)
    : widest * 1.1 || 1;
  const unit = METRICS[comparisons[0]?.metric ?? "quality"].unit;
  return {
    reach,
    measured: isShare || widest > 0,
    at: (value) => Math.min(100, Math.max(0, 50 + (value / reach) * 50)),
    format: (value) => signed(value, isShare ? formatShare : (amount) => formatAmount(amount, unit)),
    smallest: isShare ? smallestEffect : null,
  };
}

/** A proper minus, and a plus: these are differences. */
export function signed(value: number, format: (amount: number) => string): string {
  const text = format(Math.abs(value));
  if (value === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}
