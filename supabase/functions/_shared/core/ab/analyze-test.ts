import {
  alphaPerComparison,
  differenceSequence,
  liftSequence,
  MIN_UNITS,
  timeOf,
  unitsToGoByLeast,
} from "../stats/compare-estimates.ts";
import type { Estimate } from "../stats/estimate.ts";
import type { SequenceOptions } from "../stats/normal-mixture.ts";
import { quantileDifference, quantileSequence } from "../stats/quantile-sequence.ts";
import { SAMPLE_RATIO_ALPHA, sampleRatioPValue } from "../stats/sample-ratio.ts";
import { unitsStillNeeded } from "../stats/sample-size.ts";
import { settlingWidth, verdict } from "../stats/verdict.ts";
import type {
  MetricComparison,
  PhaseAnalysis,
  ReportRow,
  SubjectRow,
  TestSettings,
} from "./analysis-types.ts";
import { formatAmount, formatShare } from "./format-amount.ts";
import { latencyCells } from "./latency-cells.ts";
import { METRICS, PRIMARY_METRICS, type PrimaryMetric, requestEstimate, subjectEstimate } from "./metrics.ts";

/** The chance of any wrong conclusion about the primary metric, over all looks and variants. */
export const ALPHA = 0.05;
const DEFAULT_PLAN = 10_000;
const DEFAULT_EFFECT = 0.05;

/**
 * Compares every variant of one phase with the control. Phases are never mixed: their weights differ, and
 * so may the days they ran on, so that a sum over them could show a difference no phase has (Simpson's
 * paradox). Rows must be of the one phase; pass the subject rows for tests by subject.
 */
export function analyzePhase(
  rows: readonly ReportRow[],
  settings: TestSettings,
  subjectRows: readonly SubjectRow[] = [],
): PhaseAnalysis {
  const control = rows.find((row) => row.variant === "A");
  if (control === undefined) throw new RangeError("A phase has a control, variant A.");
  const subjects = new Map(
    subjectRows.filter((row) => row.phase === control.phase).map((row) => [row.variant, row]),
  );
  const bySubject = settings.assign_by === "subject" && subjects.size > 0;
  const challengers = rows.filter((row) => row.variant !== "A" && row.weight > 0);
  const splitPValue = splitOf(rows, bySubject ? subjects : null);
  const context: Context = {
    settings,
    subjects: bySubject ? subjects : null,
    splitIsWrong: splitPValue < SAMPLE_RATIO_ALPHA,
    options: {
      alpha: alphaPerComparison(ALPHA, challengers.length),
      tunedFor: settings.planned_units ?? DEFAULT_PLAN,
    },
  };
  return {
    phase: control.phase,
    unit: bySubject ? "subjects" : "requests",
    unitsAreApproximate: settings.assign_by === "subject" && !bySubject,
    subjectsCover: bySubject ? shareKnown(rows, subjects) : 1,
    fewDominate:
      bySubject &&
      [control, ...challengers]
        .map((row) => estimateOf(settings.primary_metric, row, context))
        .some(({ n, evenUnits }) => n >= MIN_UNITS && (evenUnits ?? n) < MIN_UNITS),
    splitPValue,
    splitIsWrong: context.splitIsWrong,
    variants: challengers.map((row) => ({
      letter: row.variant,
      comparisons: [
        ...PRIMARY_METRICS.map((metric) => compareMeans(metric, control, row, context)),
        compareP95(control, row, context),
      ],
    })),
  };
}

type Context = {
  readonly settings: TestSettings;
  readonly subjects: ReadonlyMap<string, SubjectRow> | null;
  readonly splitIsWrong: boolean;
  readonly options: SequenceOptions;
};

function shareKnown(rows: readonly ReportRow[], subjects: ReadonlyMap<string, SubjectRow>): number {
  const known = [...subjects.values()].reduce((sum, { sums }) => sum + (sums.error_rate?.sum_x ?? 0), 0);
  const counted = rows.reduce((sum, { n }) => sum + n, 0);
  return counted > 0 ? Math.min(1, known / counted) : 1;
}

/** Only variants that still get traffic: what a stopped one would have got says nothing about the others' split. */
function splitOf(rows: readonly ReportRow[], subjects: ReadonlyMap<string, SubjectRow> | null): number {
  const live = rows.filter((row) => row.weight > 0 && row.stopped_at === null);
  if (live.length < 2) return 1;
  const counts = live.map((row) => (subjects ? (subjects.get(row.variant)?.subjects ?? 0) : row.n));
  return sampleRatioPValue(
    counts,
    live.map((row) => row.weight),
  );
}

function compareMeans(
  metric: PrimaryMetric,
  controlRow: ReportRow,
  variantRow: ReportRow,
  context: Context,
): MetricComparison {
  const [control, variant] = [controlRow, variantRow].map((row) => estimateOf(metric, row, context)) as [
    Estimate,
    Estimate,
  ];
  const difference = differenceSequence(control, variant, context.options);
  const effect = context.settings.minimum_detectable_effect ?? DEFAULT_EFFECT;
  const hasLift = control.value > 0 && variant.value > 0;
  const lift = hasLift ? liftSequence(control, variant, context.options) : null;
  const judged = lift ?? difference;
  // Without a lift there is no share of the control to speak of; of rates and scores, points are as clear.
  const smallestEffect = lift ? effect : effect * Math.max(control.value || 0, variant.value || 0);
  const units = control.n + variant.n;
  const { alpha, tunedFor } = context.options;
  const standardError = lift
    ? Math.hypot(Math.sqrt(control.variance) / control.value, Math.sqrt(variant.variance) / variant.value)
    : Math.sqrt(control.variance + variant.variance);
  return {
    metric,
    control: control.value,
    variant: variant.value,
    difference,
    lift,
    verdict: verdict({
      letter: variantRow.variant,
      comparison: judged,
      higherIsBetter: METRICS[metric].higherIsBetter,
      smallestEffect,
      unitsNeeded: Math.max(
        unitsToGoByLeast(control, variant),
        unitsStillNeeded(
          standardError,
          units,
          // The standard error of a lift is that of its logarithm, so the width is as well.
          lift
            ? settlingWidth(Math.log1p(lift.estimate), Math.log1p(effect))
            : settlingWidth(difference.estimate, smallestEffect),
          { alpha, tunedFor: (tunedFor * units) / timeOf(control, variant) },
        ),
      ),
      splitIsWrong: context.splitIsWrong,
      format: lift ? formatShare : (amount) => formatAmount(amount, METRICS[metric].unit),
    }),
  };
}

function compareP95(controlRow: ReportRow, variantRow: ReportRow, context: Context): MetricComparison {
  const [control, variant] = [controlRow, variantRow].map((row) =>
    latencyCells(row.latency_histogram, valuesOfSubjects(row, context)),
  ) as [ReturnType<typeof latencyCells>, ReturnType<typeof latencyCells>];
  const difference = quantileDifference(control, variant, 0.95, context.options);
  const p95 = (cells: typeof control) => quantileSequence(cells, 0.95, context.options).estimate;
  const effect = context.settings.minimum_detectable_effect ?? DEFAULT_EFFECT;
  return {
    metric: "latency_p95",
    control: p95(control),
    variant: p95(variant),
    difference,
    lift: null,
    verdict: verdict({
      letter: variantRow.variant,
      comparison: difference,
      higherIsBetter: METRICS.latency_p95.higherIsBetter,
      smallestEffect: effect * p95(control),
      unitsNeeded: Number.POSITIVE_INFINITY,
      splitIsWrong: context.splitIsWrong,
      format: (amount) => formatAmount(amount, "ms"),
    }),
  };
}

/**
 * Of a histogram nobody knows which values are whose. By subject they are taken to be worth no more than one per
 * subject, as if all requests of a subject took equally long: that can only make the interval too wide.
 */
function valuesOfSubjects(row: ReportRow, context: Context): number | undefined {
  if (!context.subjects) return undefined;
  return Math.floor(estimateOf("latency", row, context).evenUnits ?? 0) || 0;
}

function estimateOf(metric: PrimaryMetric, row: ReportRow, { subjects }: Context): Estimate {
  if (subjects) return subjectEstimate(metric, subjects.get(row.variant)?.sums[metric]);
  return requestEstimate(metric, row.sums[metric]);
}
