import { expect, test } from "vitest";
import type { ReportRow, SubjectRow, TestSettings } from "./analysis-types.ts";
import { analyzePhase } from "./analyze-test.ts";
import type { Metric, ReportedPairSums } from "./metrics.ts";

const settings: TestSettings = {
  assign_by: "subject",
  primary_metric: "quality",
  minimum_detectable_effect: 0.05,
  planned_units: 5000,
};

function row(variant: string, n: number, mean = 0.8, more: Partial<ReportRow> = {}): ReportRow {
  return {
    phase: 1,
    variant,
    weight: 5000,
    stopped_at: null,
    n,
    sums: { quality: { n, sum: n * mean, sum_of_squares: n * (mean ** 2 + 0.2 ** 2) } },
    latency_histogram: [[150, n]],
    ...more,
  };
}

/** Subjects with 25 requests each, which are all alike: quality spreads by 0.2 between them. */
const alike = (mean: number, n = 200): ReportedPairSums => ({
  n,
  sum_x: 25 * n,
  sum_y: 25 * n * mean,
  sum_xx: n * 25 ** 2,
  sum_yy: n * 25 ** 2 * (mean ** 2 + 0.2 ** 2),
  sum_xy: n * 25 ** 2 * mean,
  sum_of_squares: 25 * n * (mean ** 2 + 0.2 ** 2),
});
const subjects = (variant: string, sums: SubjectRow["sums"]): SubjectRow => ({
  phase: 1,
  variant,
  subjects: 200,
  sums,
});
const both = (a: SubjectRow["sums"], b: SubjectRow["sums"]) => [subjects("A", a), subjects("B", b)];
const of = (analysis: ReturnType<typeof analyzePhase>, metric: Metric) =>
  analysis.variants[0]!.comparisons.find((comparison) => comparison.metric === metric)!;

const rows = [row("A", 5000), row("B", 5000, 0.85)];
const usual = both({ quality: alike(0.8) }, { quality: alike(0.85) });

test("5 000 requests of 200 people are 200 opinions", () => {
  const byRequest = analyzePhase(rows, { ...settings, assign_by: "request" });
  expect(of(byRequest, "quality").verdict.sentence).toMatch(/^B better/);
  expect(of(analyzePhase(rows, settings, usual), "quality").verdict.sentence).toMatch(/^not enough data/);
});

test("the split is checked by subjects, not by how much each of them asked", () => {
  const uneven = [row("A", 9000), row("B", 1000)];
  expect(analyzePhase(uneven, settings, usual).splitIsWrong).toBe(false);
});

test("when subjects are not known and requests had to do, that is said", () => {
  expect(analyzePhase(rows, settings).unitsAreApproximate).toBe(true);
  expect(analyzePhase(rows, settings, usual).unitsAreApproximate).toBe(false);
  expect(analyzePhase(rows, { ...settings, assign_by: "request" }).unitsAreApproximate).toBe(false);
});

test("when the logs know only some of the requests, it is said how many", () => {
  const half = { quality: alike(0.8), error_rate: { ...alike(0.1), sum_x: 2500 } };
  expect(analyzePhase(rows, settings, both(half, half)).subjectsCover).toBe(0.5);
  expect(analyzePhase(rows, { ...settings, assign_by: "request" }).subjectsCover).toBe(1);
});

test("a few subjects that make most of the requests conclude nothing, and are said to be the reason", () => {
  // One of 200 subjects makes as many requests as all the others.
  const dominated = (mean: number) => {
    const { sum_xx, ...rest } = alike(mean);
    return { quality: { ...rest, sum_xx: sum_xx + 4975 ** 2 } };
  };
  const analysis = analyzePhase(rows, settings, both(dominated(0.5), dominated(0.9)));
  expect(analysis.fewDominate).toBe(true);
  expect(of(analysis, "quality").verdict.kind).toBe("not_enough_data");
  expect(analyzePhase(rows, settings, usual).fewDominate).toBe(false);
});

test("that nobody's request has failed yet is no certainty that none will", () => {
  const none = { ...alike(0), sum_yy: 0, sum_of_squares: 0 };
  const analysis = analyzePhase(rows, settings, both({ error_rate: none }, { error_rate: none }));
  const { difference, verdict } = of(analysis, "error_rate");
  expect(difference.interval.high).toBeGreaterThan(0.01);
  expect(verdict.kind).toBe("not_enough_data");
});

test("p95 counts each subject once, however many requests it made", () => {
  const slow = (variant: string) =>
    row(variant, 5000, 0.8, { latency_histogram: [[150, 4600] as const, [200, 400] as const] });
  const clear = analyzePhase([row("A", 5000), slow("B")], { ...settings, assign_by: "request" });
  expect(of(clear, "latency_p95").verdict.kind).toBe("worse");
  const timed = both({ latency: alike(100) }, { latency: alike(100) });
  expect(of(analyzePhase([row("A", 5000), slow("B")], settings, timed), "latency_p95").verdict.kind).toBe(
    "not_enough_data",
  );
});
