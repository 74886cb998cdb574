import { gammaln } from "simple-statistics";
import type { Interval } from "./estimate.ts";
import { type SequenceOptions, tunedTime } from "./normal-mixture.ts";

/**
 * The weight of the prior, in observations, that makes the sequence tightest at `tunedFor` observations. A
 * Beta prior of this weight around p has the variance of the tuned normal mixture. Howard et al. (2021) put a
 * floor under it; their published implementation (confseq) uses the same floor.
 */
export function priorWeight({ alpha, tunedFor }: SequenceOptions): number {
  return Math.max(tunedFor / tunedTime(alpha) - 1, 1e-3);
}

/**
 * The logarithm of the evidence against "the rate is p" after `successes` of `n`: the likelihood ratio of
 * success rates drawn from a Beta distribution around p to p itself. It is a martingale under p, so the
 * chance that it ever reaches 1/α is at most α, however often one looks (Ville 1939; Robbins 1970; Howard et
 * al. 2021, Proposition 7, the two-sided beta-binomial mixture). Exact for every n: nothing is asymptotic.
 */
export function logRateEvidence(successes: number, n: number, p: number, weight: number): number {
  const a = p * weight;
  const b = (1 - p) * weight;
  const likelihood = xlogy(successes, p) + xlogy(n - successes, 1 - p);
  return logBeta(a + successes, b + n - successes) - logBeta(a, b) - likelihood;
}

/**
 * An always-valid, exact interval for a rate: every p that the evidence does not rule out. Holds as well for
 * the mean of values between 0 and 1 (scores), with their sum as `successes`, where it is wider than it
 * needs to be.
 */
export function rateSequence(successes: number, n: number, options: SequenceOptions): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const weight = priorWeight(options);
  const threshold = -Math.log(options.alpha);
  const ruledOut = (p: number) => logRateEvidence(successes, n, p, weight) >= threshold;
  const rate = successes / n;
  return {
    low: rate > 0 ? bisect(0, rate, ruledOut) : 0,
    high: rate < 1 ? bisect(1, rate, ruledOut) : 1,
  };
}

/**
 * Where between `outside` and `inside` the values that are ruled out end, on their side so that the interval
 * errs towards width. 60 halvings reach the precision of a double.
 */
function bisect(outside: number, inside: number, ruledOut: (p: number) => boolean): number {
  let out = outside;
  let kept = inside;
  for (let i = 0; i < 60; i++) {
    const middle = (out + kept) / 2;
    if (ruledOut(middle)) out = middle;
    else kept = middle;
  }
  return out;
}

function logBeta(a: number, b: number): number {
  return gammaln(a) + gammaln(b) - gammaln(a + b);
}

/** x·ln(y), and 0 for x = 0 whatever y is. */
function xlogy(x: number, y: number): number {
  return x === 0 ? 0 : x * Math.log(y);
}
