import { MIN_UNITS } from "./compare-estimates.ts";
import { normalMixtureFactor, type SequenceOptions } from "./normal-mixture.ts";

/** Standard normal quantiles of the powers on offer (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1). */
const POWER_QUANTILES = {
  0.8: 0.8416212335729143,
  0.9: 1.2815515655446004,
  0.95: 1.6448536269514722,
} as const;

/** The chance of finding an effect that is as large as the smallest one worth finding. */
export type Power = keyof typeof POWER_QUANTILES;

export type SampleSizeInput = {
  /** The smallest difference worth finding, in the metric's own unit (not relative). Above zero. */
  readonly effect: number;
  /** The variance of one unit of the metric, σ². */
  readonly unitVariance: number;
  /** Shares of the control and of the variant it is compared with, of all units in the test (0…1). */
  readonly controlShare: number;
  readonly variantShare: number;
  readonly alpha: number;
  readonly power: Power;
  /** How many independent values one unit is worth: more than 1 for subjects with several requests. */
  readonly worthOfUnit?: number;
};

/**
 * How many units the whole test needs so that the effect is found with at least this power, while somebody
 * looks all the time.
 *
 * The difference of two means after n units has the standard error √(V/n) with V = σ²/share_c + σ²/share_v. The
 * interval excludes 0 when the estimate is beyond f standard errors; an estimate around the true effect δ
 * does so with chance `power` when δ = (f + z) · √(V/n). With the sequence tuned for this very n, f does
 * not depend on n, and n = V · ((f + z)/δ)². This is Lehr's argument with f in the place of 1.96. It counts
 * the last look only, and the looks before it can but help, so the real power is a little higher.
 */
export function requiredUnits(input: SampleSizeInput): number {
  const variance = input.unitVariance / input.controlShare + input.unitVariance / input.variantShare;
  // Tuned for this many values; when each unit is worth several, it has come that much further.
  const factor = normalMixtureFactor(input.worthOfUnit ?? 1, { alpha: input.alpha, tunedFor: 1 });
  const units = variance * ((factor + POWER_QUANTILES[input.power]) / input.effect) ** 2;
  // Even a metric that never varies is not compared before both sides have the least number of units.
  return Math.ceil(Math.max(units, MIN_UNITS / Math.min(input.controlShare, input.variantShare)));
}

/**
 * How units come in. Of subjects many come at once and then come back, so the first days bring more of them than
 * the later ones: `seen` in the first `days`, and then so many a day. Of requests every day brings as many.
 */
export type Arrivals = { readonly perDay: number; readonly seen?: number; readonly days?: number };

/** Whole days until this many units have come, at least one; Infinity when nobody comes. */
export function expectedDays(units: number, { perDay, seen = 0, days = 0 }: Arrivals): number {
  const early = units <= seen ? (units / seen) * days : days + (units - seen) / perDay;
  return Math.max(1, Math.ceil(early));
}

/**
 * About how many more units of both arms together until the half-width of an interval has shrunk to `target`,
 * if the data go on as they are. The half-width falls with √n but for a slow logarithm; a few rounds of
 * n ← now · (f(n)·s/target)² settle it. Infinity when nothing is known of the standard error.
 */
export function unitsStillNeeded(
  standardError: number,
  unitsNow: number,
  target: number,
  options: SequenceOptions,
): number {
  if (!Number.isFinite(standardError)) return Number.POSITIVE_INFINITY;
  let needed = unitsNow;
  for (let round = 0; round < 5; round++) {
    needed = unitsNow * ((normalMixtureFactor(needed, options) * standardError) / target) ** 2;
  }
  return Math.max(0, Math.ceil(needed - unitsNow));
}
