import type { Comparison } from "../stats/compare-estimates.ts";
import type { Verdict } from "../stats/verdict.ts";
import type { AssignBy } from "./assignment-unit.ts";
import type { Metric, PrimaryMetric, ReportedPairSums, ReportedSums } from "./metrics.ts";

/** A row of `ab_test_report`, as far as the analysis needs it. */
export type ReportRow = {
  readonly phase: number;
  readonly variant: string;
  readonly weight: number;
  readonly stopped_at: string | null;
  readonly n: number;
  readonly sums: Readonly<Partial<Record<PrimaryMetric, ReportedSums>>>;
  readonly latency_histogram: readonly (readonly [bucket: number, count: number])[];
};

/** A row of `ab_test_subjects`: what tests by subject are judged by. */
export type SubjectRow = {
  readonly phase: number;
  readonly variant: string;
  readonly subjects: number;
  readonly sums: Readonly<Partial<Record<PrimaryMetric, ReportedPairSums>>>;
};

export type TestSettings = {
  readonly assign_by: AssignBy;
  readonly primary_metric: PrimaryMetric;
  /** The smallest relative difference worth finding; 5 % if nobody said. */
  readonly minimum_detectable_effect: number | null;
  /** Units the test is planned for; 10 000 if nobody said. */
  readonly planned_units: number | null;
};

export type MetricComparison = {
  readonly metric: Metric;
  /** The metric of both sides; NaN without data. */
  readonly control: number;
  readonly variant: number;
  /** `variant − control`, in the metric's unit. */
  readonly difference: Comparison;
  /** `variant / control − 1`; null where it is not defined or not offered (quantiles). */
  readonly lift: Comparison | null;
  readonly verdict: Verdict;
};

export type VariantAnalysis = { readonly letter: string; readonly comparisons: readonly MetricComparison[] };

export type PhaseAnalysis = {
  readonly phase: number;
  readonly unit: "requests" | "subjects";
  /** True when a test by subject had to be judged by requests, which are not independent: take care. */
  readonly unitsAreApproximate: boolean;
  /** The share of requests whose subject is known, over all variants: what a test by subject is judged by. 1 for others. */
  readonly subjectsCover: number;
  /** True when some subjects make so many of the requests that there are too few others to compare by. */
  readonly fewDominate: boolean;
  /** The p-value of the split, and whether it is so small that nothing can be concluded. */
  readonly splitPValue: number;
  readonly splitIsWrong: boolean;
  /** Every variant but the control. */
  readonly variants: readonly VariantAnalysis[];
};
