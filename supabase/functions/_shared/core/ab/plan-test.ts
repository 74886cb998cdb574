import { alphaPerComparison } from "../stats/compare-estimates.ts";
import type { Estimate } from "../stats/estimate.ts";
import { type Arrivals, expectedDays, type Power, requiredUnits } from "../stats/sample-size.ts";
import { ALPHA } from "./analyze-test.ts";
import { TOTAL_WEIGHT } from "./total-weight.ts";

export type PlanInput = {
  /**
   * What the metric has been lately: `requestEstimate` of `ab_test_baseline`, or `subjectEstimate` of
   * `ab_test_subject_baseline` for a test by subject.
   */
  readonly baseline: Estimate;
  /** Basis points, control first. */
  readonly weights: readonly number[];
  /** The smallest relative difference worth finding: 0.05 is 5 %. */
  readonly minimumDetectableEffect: number;
  readonly power?: Power;
  /** How units with a value of this metric come in, at current traffic. */
  readonly arrivals: Arrivals;
};

/** What a test will take, in requests or subjects. Null when there is no baseline to plan with. */
export type TestPlan = { readonly units: number; readonly days: number };

/**
 * How many requests or subjects a test needs, and for how many days, before it starts: enough to find the smallest
 * effect worth finding, in every variant, with the power asked for. Effects are relative, so the variance is as
 * well: on the logarithm an effect of m is ln(1 + m) and a unit has the variance (σ/μ)².
 *
 * The variance of a subject is what it was over the days looked at. A test that is longer hears more of each
 * subject and needs somewhat fewer of them, one that is shorter somewhat more.
 */
export function planTest({ baseline, ...input }: PlanInput): TestPlan | null {
  if (!(baseline.value > 0) || !Number.isFinite(baseline.variance)) return null;
  const [control, ...others] = input.weights.map((weight) => weight / TOTAL_WEIGHT);
  const needed = others.map((share) =>
    requiredUnits({
      effect: Math.log1p(input.minimumDetectableEffect),
      unitVariance: (baseline.variance * baseline.n) / baseline.value ** 2,
      worthOfUnit: (baseline.worth ?? baseline.n) / baseline.n,
      controlShare: control!,
      variantShare: share,
      alpha: alphaPerComparison(ALPHA, others.length),
      power: input.power ?? 0.8,
    }),
  );
  const units = Math.max(...needed);
  return { units, days: expectedDays(units, input.arrivals) };
}
