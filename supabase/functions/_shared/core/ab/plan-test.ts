import { alphaPerComparison } from "../stats/compare-estimates.ts";
import { expectedDays, type Power, requiredUnits } from "../stats/sample-size.ts";
import { ALPHA } from "./analyze-test.ts";
import { type PrimaryMetric, type ReportedSums, requestEstimate } from "./metrics.ts";
import { TOTAL_WEIGHT } from "./total-weight.ts";

export type PlanInput = {
  readonly metric: PrimaryMetric;
  /** What the metric has been lately, from `ab_test_baseline`. */
  readonly baseline: ReportedSums;
  /** Basis points, control first. */
  readonly weights: readonly number[];
  /** The smallest relative difference worth finding: 0.05 is 5 %. */
  readonly minimumDetectableEffect: number;
  readonly power?: Power;
  /** Requests with a value of this metric per day, at current traffic. */
  readonly unitsPerDay: number;
};

/** What a test will take. Null when there is no baseline to plan with. */
export type TestPlan = { readonly units: number; readonly days: number };

/**
 * How many requests a test needs, and for how many days, before it starts: enough to find the smallest effect
 * worth finding, in every variant, with the power asked for. Effects are relative, so the variance is as well:
 * on the logarithm an effect of m is ln(1 + m) and a unit has the variance (σ/μ)².
 *
 * Requests of one subject resemble each other, so a test by subject takes more requests than this says; how
 * many more is known only from the subjects themselves.
 */
export function planTest(input: PlanInput): TestPlan | null {
  const baseline = requestEstimate(input.metric, input.baseline);
  if (!(baseline.value > 0) || !Number.isFinite(baseline.variance)) return null;
  const [control, ...others] = input.weights.map((weight) => weight / TOTAL_WEIGHT);
  const needed = others.map((share) =>
    requiredUnits({
      effect: Math.log1p(input.minimumDetectableEffect),
      unitVariance: (baseline.variance * baseline.n) / baseline.value ** 2,
      controlShare: control!,
      variantShare: share,
      alpha: alphaPerComparison(ALPHA, others.length),
      power: input.power ?? 0.8,
    }),
  );
  const units = Math.max(...needed);
  return { units, days: expectedDays(units, input.unitsPerDay) };
}
