import type { Comparison } from "./compare-estimates.ts";
import type { Interval } from "./estimate.ts";
import type { SequenceOptions } from "./normal-mixture.ts";
import { logRateEvidence, priorWeight } from "./rate-sequence.ts";

/** One cell of a histogram: `count` values above `low` and at most `high`. Cells come in rising order. */
export type HistogramCell = { readonly low: number; readonly high: number; readonly count: number };

/** A quantile with an interval that holds at every look. `estimate` is NaN without data. */
export type QuantileSequence = { readonly estimate: number; readonly interval: Interval };

/**
 * The p-quantile (0.95 for p95) of values of which only a histogram is kept.
 *
 * How many values lie at or below the true quantile is a sum of Bernoulli(p) trials, so the beta-binomial
 * mixture says which counts k are ruled out; the interval reaches from the first order statistic that is not
 * ruled out to the one after the last (Howard & Ramdas, "Sequential estimation of quantiles with applications
 * to A/B testing and best-arm identification", Bernoulli 28, 2022, section 3). Order statistics are rounded
 * outwards to the edges of their cells, so the histogram costs width, never validity. No assumption is made
 * about the distribution: ties and heavy tails are fine.
 */
export function quantileSequence(
  cells: readonly HistogramCell[],
  p: number,
  options: SequenceOptions,
): QuantileSequence {
  const n = cells.reduce((sum, cell) => sum + cell.count, 0);
  if (n === 0) return { estimate: Number.NaN, interval: { low: 0, high: Number.POSITIVE_INFINITY } };
  const weight = priorWeight(options);
  const threshold = -Math.log(options.alpha);
  const possible = (k: number) => logRateEvidence(k, n, p, weight) < threshold;
  // The evidence has its minimum near n·p and rises to both sides, so each end is found by halving.
  const middle = Math.round(n * p);
  const first = firstWhere(0, middle, possible);
  const last = n - firstWhere(0, n - middle, (fromTop) => possible(n - fromTop));
  const estimate = cellOfRank(cells, Math.max(1, Math.ceil(n * p)));
  return {
    estimate: estimate === undefined ? Number.NaN : (estimate.low + estimate.high) / 2,
    interval: {
      low: first === 0 ? 0 : (cellOfRank(cells, first)?.low ?? 0),
      high: cellOfRank(cells, last + 1)?.high ?? Number.POSITIVE_INFINITY,
    },
  };
}

/**
 * The difference of a quantile, `variant − control`. Each side gets half of alpha, so both intervals hold
 * together with chance 1 − alpha, and the difference lies between their nearest and farthest ends.
 */
export function quantileDifference(
  control: readonly HistogramCell[],
  variant: readonly HistogramCell[],
  p: number,
  options: SequenceOptions,
): Comparison {
  // Each side sees about half of the units the test is tuned for.
  const half = { alpha: options.alpha / 2, tunedFor: options.tunedFor / 2 };
  const a = quantileSequence(control, p, half);
  const b = quantileSequence(variant, p, half);
  return {
    estimate: b.estimate - a.estimate,
    interval: { low: b.interval.low - a.interval.high, high: b.interval.high - a.interval.low },
  };
}

/** The cell that holds the value of this rank, 1 being the smallest. */
function cellOfRank(cells: readonly HistogramCell[], rank: number): HistogramCell | undefined {
  let seen = 0;
  return cells.find((cell) => {
    seen += cell.count;
    return seen >= rank;
  });
}

/** The first integer from `low` to `high` for which a condition holds, given that it holds from there on. */
function firstWhere(low: number, high: number, holds: (value: number) => boolean): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
