import type { MetricComparison, PhaseAnalysis } from "@core/ab/analysis-types.ts";
import { analyzePhase } from "@core/ab/analyze-test.ts";
import type { PrimaryMetric } from "@core/ab/metrics.ts";
import type { VerdictKind } from "@core/stats/verdict.ts";
import type { Tone } from "../../components/status.tsx";
import type { AbTest } from "./api/get-ab-tests.ts";
import type { AbTestReport, VariantReport } from "./api/get-report.ts";

/** What a phase has shown: its rows, their analysis, and the one sentence to read first. */
export type Standing = {
  phase: number;
  rows: VariantReport[];
  analysis: PhaseAnalysis;
  headline: { kind: VerdictKind; sentence: string };
  /** Requests or subjects that have a value of the primary metric, by letter and over all variants. */
  unitsOf: Readonly<Record<string, number>>;
  units: number;
};

export const VERDICT_TONES: Record<VerdictKind, Tone> = {
  better: "good",
  worse: "bad",
  blocked: "warn",
  no_difference: "neutral",
  not_enough_data: "accent",
};

/** A winner is the news; without one, that something is worse; without that, how far it is. */
const newsworthy: readonly VerdictKind[] = ["blocked", "better", "worse", "no_difference", "not_enough_data"];

/** Null when the report has no such phase. */
export function standingOf(test: AbTest, report: AbTestReport, phase = test.phase): Standing | null {
  const rows = report.rows.filter((row) => row.phase === phase);
  if (!rows.some(({ variant }) => variant === "A")) return null;
  const analysis = analyzePhase(rows, test, report.subjects);
  const verdicts = analysis.variants.flatMap(({ comparisons }) => {
    const primary = primaryOf(comparisons, test.primary_metric);
    return primary ? [primary.verdict] : [];
  });
  const unitsBy = unitsByLetter(test, report, rows, analysis);
  const [first] = verdicts.sort((a, b) => newsworthy.indexOf(a.kind) - newsworthy.indexOf(b.kind));
  return {
    phase,
    rows,
    analysis,
    headline: {
      kind: first?.kind ?? "not_enough_data",
      sentence: capital(first?.sentence ?? "not enough data"),
    },
    unitsOf: unitsBy,
    units: Object.values(unitsBy).reduce((total, n) => total + n, 0),
  };
}

export function primaryOf(
  comparisons: readonly MetricComparison[],
  metric: PrimaryMetric,
): MetricComparison | undefined {
  return comparisons.find((comparison) => comparison.metric === metric);
}

function unitsByLetter(
  test: AbTest,
  report: AbTestReport,
  rows: VariantReport[],
  analysis: PhaseAnalysis,
): Record<string, number> {
  const counted =
    analysis.unit === "subjects" ? report.subjects.filter(({ phase }) => phase === analysis.phase) : rows;
  return Object.fromEntries(counted.map(({ variant, sums }) => [variant, sums[test.primary_metric]?.n ?? 0]));
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
