/**
 * Sums over units that are independent of each other: requests, or subjects when a test assigns by subject.
 * They add up over hours and variants, so they can be kept in rollups; nothing else of the data is needed.
 */
export type Sums = {
  /** How many units have a value. */
  readonly n: number;
  readonly sum: number;
  readonly sumOfSquares: number;
};

/**
 * Sums of two quantities per unit, for a ratio such as cost per request of a subject: `sumY / sumX`.
 * With subjects as units, x is a subject's number of requests and y its total.
 */
export type PairSums = {
  readonly n: number;
  readonly sumX: number;
  readonly sumY: number;
  readonly sumXX: number;
  readonly sumYY: number;
  readonly sumXY: number;
  /** The sum of squares of the single values that make up the y. */
  readonly sumOfSquares: number;
};

/** A mean or ratio with the variance of that estimate (its standard error squared) and its number of units. */
export type Estimate = {
  readonly value: number;
  readonly variance: number;
  readonly n: number;
  /** How many independent values it is worth: the time a sequence has come to. Left out where that is n. */
  readonly worth?: number;
  /** How many units of equal weight it rests on: fewer than n where some units have most of the values. */
  readonly evenUnits?: number;
};

/** An interval. Ends may be infinite: then the data say nothing on that side. */
export type Interval = { readonly low: number; readonly high: number };

/** Adds the sums of disjoint sets of units. */
export function addSums(...parts: readonly Sums[]): Sums {
  return {
    n: total(parts, (part) => part.n),
    sum: total(parts, (part) => part.sum),
    sumOfSquares: total(parts, (part) => part.sumOfSquares),
  };
}

/**
 * The unbiased variance of one unit, (Σy² − (Σy)²/n) / (n − 1). Never below zero: the subtraction of two
 * nearly equal doubles may be. NaN with fewer than two units.
 */
export function unitVariance(sums: Sums): number {
  if (sums.n < 2) return Number.NaN;
  return Math.max(0, (sums.sumOfSquares - sums.sum ** 2 / sums.n) / (sums.n - 1));
}

/** The mean of a quantity over units. Value and variance are NaN while there are too few units. */
export function meanEstimate(sums: Sums): Estimate {
  return { value: sums.sum / sums.n, variance: unitVariance(sums) / sums.n, n: sums.n };
}

/**
 * The share of units with a property. The variance is that of a sample with one more success and one more
 * failure (Agresti & Caffo, "Simple and effective confidence intervals for proportions and differences of
 * proportions result from adding two successes and two failures", The American Statistician 54, 2000): with
 * none or all successes the plain formula is 0, and an interval of no width is a lie. The value stays plain.
 */
export function rateEstimate(successes: number, n: number): Estimate {
  const smoothed = (successes + 1) / (n + 2);
  return { value: successes / n, variance: (smoothed * (1 - smoothed)) / (n + 2), n };
}

/**
 * A ratio of two means over units by the delta method (Deng, Knoblich & Lu, "Applying the Delta Method in
 * Metric Analytics", KDD 2018, eq. 4): the variance of Σy/Σx is that of the mean of (y − R·x) / x̄. With
 * subjects as units this is the cluster-robust variance of a mean over requests, which treats the requests
 * of one subject as the correlated things they are.
 *
 * What is known goes on growing after the last subject has come, as long as subjects come back, so the time of a
 * sequence is not their number. It is the information 1/variance, counted in requests: how many independent
 * requests would give this variance (Jennison & Turnbull, "Group Sequential Methods", 2000, chapter 11, information
 * time; the request's own variance over that of the mean is Kish's effective sample size).
 *
 * The delta method needs many subjects, none of them dominating. When few subjects make most requests, the weight
 * rests on (Σx)²/Σx² of them (Kish, "Survey Sampling", 1965): that number, not n, must be large enough.
 */
export function ratioEstimate(sums: PairSums): Estimate {
  const ratio = sums.sumY / sums.sumX;
  const meanX = sums.sumX / sums.n;
  const residuals: Sums = {
    n: sums.n,
    sum: sums.sumY - ratio * sums.sumX,
    sumOfSquares: sums.sumYY - 2 * ratio * sums.sumXY + ratio ** 2 * sums.sumXX,
  };
  const variance = unitVariance(residuals) / sums.n / meanX ** 2;
  const ofOneValue = sums.sumOfSquares / sums.sumX - ratio ** 2;
  return {
    value: ratio,
    variance,
    n: sums.n,
    worth: variance > 0 ? Math.min(sums.sumX, Math.max(sums.n, ofOneValue / variance)) : sums.sumX,
    evenUnits: sums.sumX ** 2 / sums.sumXX,
  };
}

/**
 * A rate over subjects: the share of requests with a property, the subjects being the units. As in `rateEstimate` the
 * variance is that of a sample with one more subject all of whose requests have it and one with none, both of
 * average size: that nobody has failed yet is not certainty. The value stays plain.
 */
export function rateOverSubjects(sums: PairSums): Estimate {
  const size = sums.sumX / sums.n;
  const smoothed = ratioEstimate({
    n: sums.n + 2,
    sumX: sums.sumX + 2 * size,
    sumY: sums.sumY + size,
    sumXX: sums.sumXX + 2 * size ** 2,
    sumYY: sums.sumYY + size ** 2,
    sumXY: sums.sumXY + size ** 2,
    sumOfSquares: sums.sumOfSquares + size,
  });
  return { ...smoothed, value: sums.sumY / sums.sumX, n: sums.n, evenUnits: sums.sumX ** 2 / sums.sumXX };
}

function total<T>(parts: readonly T[], of: (part: T) => number): number {
  return parts.reduce((sum, part) => sum + of(part), 0);
}
