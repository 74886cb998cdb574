import type { ReportRow, SubjectRow, TestSettings } from "@core/ab/analysis-types.ts";
import { analyzePhase } from "@core/ab/analyze-test.ts";
import type { PrimaryMetric, ReportedPairSums, ReportedSums } from "@core/ab/metrics.ts";
import type { Variant } from "./api/get-ab-tests.ts";
import type { SubjectTimelineRow, TimelineRow } from "./timeline-series.ts";

/** What was known of one challenger at a moment: estimate and interval of the lift, or of the difference. */
export type Known = { estimate: number; low: number; high: number };
export type SequencePoint = { at: number; known: Record<string, Known> };

/** What of a variant its sequence depends on. */
export type SequencedVariant = Pick<Variant, "phase" | "letter" | "weight" | "stopped_at">;

/**
 * The confidence sequence of the primary metric as it was at the end of each span: the same analysis as the
 * verdict's, on what had been counted until then. Points before there is an interval are left out.
 */
export function sequenceOf(
  rows: readonly TimelineRow[],
  variants: readonly SequencedVariant[],
  settings: TestSettings,
): SequencePoint[] {
  return pointsOf(
    addedUp<ReportedSums, TimelineRow>(rows, ({ n }) => n),
    (now) => knownNow(reportedOf(variants, now), settings, []),
  );
}

/** The same for a test by subject, from the sums over subjects as they grew. */
export function subjectSequenceOf(
  rows: readonly SubjectTimelineRow[],
  variants: readonly SequencedVariant[],
  settings: TestSettings,
): SequencePoint[] {
  return pointsOf(
    addedUp<ReportedPairSums, SubjectTimelineRow>(rows, ({ subjects }) => subjects),
    (now) => {
      const subjects = variants.map(({ letter, phase }): SubjectRow => {
        const { count = 0, sums = {} } = now.get(letter) ?? {};
        return { phase, variant: letter, subjects: count, sums };
      });
      return knownNow(reportedOf(variants, new Map()), settings, subjects);
    },
  );
}

type Row<Sums> = {
  variant: string;
  at: string;
  step_seconds: number;
  sums: Partial<Record<PrimaryMetric, Sums>>;
};
/** Per variant, what had been counted by a moment. */
type SoFar<Sums> = ReadonlyMap<string, { count: number; sums: Partial<Record<PrimaryMetric, Sums>> }>;

/** After each span of time everything up to its end, added up. */
function addedUp<Sums extends Readonly<Record<string, number>>, R extends Row<Sums>>(
  rows: readonly R[],
  countOf: (row: R) => number,
): { at: number; now: SoFar<Sums> }[] {
  const now = new Map<string, { count: number; sums: Partial<Record<PrimaryMetric, Sums>> }>();
  const times = [...new Set(rows.map(({ at }) => at))].sort();
  return times.map((at) => {
    for (const row of rows.filter((one) => one.at === at)) {
      const before = now.get(row.variant);
      const sums = { ...before?.sums };
      for (const [metric, added] of Object.entries(row.sums) as [PrimaryMetric, Sums][]) {
        sums[metric] = plus(sums[metric], added);
      }
      now.set(row.variant, { count: (before?.count ?? 0) + countOf(row), sums });
    }
    return { at: Date.parse(at) + (rows[0]?.step_seconds ?? 0) * 1000, now: new Map(now) };
  });
}

function plus<Sums extends Readonly<Record<string, number>>>(a: Sums | undefined, b: Sums): Sums {
  const sums = Object.entries(b).map(([name, value]) => [name, (a?.[name] ?? 0) + value]);
  return Object.fromEntries(sums) as Sums;
}

function pointsOf<Sums>(
  moments: readonly { at: number; now: SoFar<Sums> }[],
  known: (now: SoFar<Sums>) => Record<string, Known>,
): SequencePoint[] {
  return moments
    .map(({ at, now }) => ({ at, known: known(now) }))
    .filter((point) => Object.keys(point.known).length > 0);
}

function reportedOf(variants: readonly SequencedVariant[], now: SoFar<ReportedSums>) {
  return variants.map(({ letter, phase, weight, stopped_at }): ReportRow => {
    const { count = 0, sums = {} } = now.get(letter) ?? {};
    return { phase, variant: letter, weight, stopped_at, n: count, sums, latency_histogram: [] };
  });
}

function knownNow(
  rows: readonly ReportRow[],
  settings: TestSettings,
  subjects: readonly SubjectRow[],
): Record<string, Known> {
  const known: Record<string, Known> = {};
  for (const { letter, comparisons } of analyzePhase(rows, settings, subjects).variants) {
    const primary = comparisons.find(({ metric }) => metric === settings.primary_metric);
    const shown = primary?.lift ?? primary?.difference;
    if (!shown || !Number.isFinite(shown.interval.low) || !Number.isFinite(shown.interval.high)) continue;
    known[letter] = { estimate: shown.estimate, ...shown.interval };
  }
  return known;
}
