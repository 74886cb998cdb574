import type { Estimate, Interval } from "./estimate.ts";

/** How sure, and for which number of units the sequence is made tightest. */
export type SequenceOptions = {
  /** The chance of ever being wrong, over all looks together: 0.05 for 95 % confidence. */
  readonly alpha: number;
  /**
   * The number of units at which the interval should be narrowest, chosen before looking at the data. Ten
   * times more or fewer cost 7 % and 27 % of width, so a rough guess will do.
   */
  readonly tunedFor: number;
};

/**
 * Half the width of an always-valid interval, in standard errors, after `n` units.
 *
 * This is the two-sided normal mixture boundary of Robbins (1970), √((v + ρ) · (ln(1 + v/ρ) + 2 ln(1/α))), in
 * the form of Howard, Ramdas, McAuliffe & Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence
 * sequences", Annals of Statistics 49 (2021), eq. 14, divided by √v. With estimated variances it is the
 * asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, "Time-uniform central
 * limit theory and asymptotic confidence sequences", Annals of Statistics 52 (2024), Theorem 2.2.
 *
 * A fixed-sample 95 % interval uses 1.96 and is valid at one moment; this is 3.04 at the tuned moment and
 * valid at all of them.
 */
export function normalMixtureFactor(n: number, { alpha, tunedFor }: SequenceOptions): number {
  const relativeTime = (n / tunedFor) * tunedTime(alpha);
  return Math.sqrt((1 + 1 / relativeTime) * (Math.log1p(relativeTime) - 2 * Math.log(alpha)));
}

/**
 * v/ρ at the moment the boundary is tightest: 2 ln(1/α) + ln(1 + 2 ln(1/α)), the approximation of Howard et
 * al. (2021), section 3.5, to the Lambert W function.
 */
export function tunedTime(alpha: number): number {
  const log = -2 * Math.log(alpha);
  return log + Math.log1p(log);
}

/** An always-valid interval for what is estimated. Everything is possible while the variance is unknown. */
export function meanSequence(estimate: Estimate, options: SequenceOptions): Interval {
  const half = normalMixtureFactor(estimate.n, options) * Math.sqrt(estimate.variance);
  if (!Number.isFinite(half)) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { low: estimate.value - half, high: estimate.value + half };
}
