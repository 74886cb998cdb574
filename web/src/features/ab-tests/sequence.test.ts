import { analyzePhase } from "@core/ab/analyze-test.ts";
import type { ReportedPairSums } from "@core/ab/metrics.ts";
import { expect, test } from "vitest";
import { sequenceOf, subjectSequenceOf } from "./sequence.ts";
import { minute, timelineRows } from "./testing/timeline-rows.ts";
import type { SubjectTimelineRow } from "./timeline-series.ts";

const variants = ["A", "B"].map((letter, i) => ({
  phase: 1,
  letter,
  version: i + 1,
  weight: 5000,
  stopped_at: null,
}));
const settings = {
  assign_by: "request",
  primary_metric: "latency",
  minimum_detectable_effect: 0.05,
  planned_units: 400,
} as const;

test("the sequence over time ends where the verdict's interval is, begins at 100 values, and narrows", () => {
  const points = sequenceOf(timelineRows, variants, settings);
  // A minute's end is when its requests were known.
  expect(points.map(({ at }) => at)).toEqual([2, 3, 4].map((i) => Date.parse(minute(i))));
  const width = points.map(({ known }) => (known.B?.high ?? 0) - (known.B?.low ?? 0));
  expect(width[2]).toBeLessThan(width[0] ?? 0);
  const total = (latency: number) => ({
    latency: { n: 240, sum: 240 * latency, sum_of_squares: 240 * (latency ** 2 + 100) },
  });
  const report = variants.map(({ letter, ...variant }) => ({
    ...variant,
    variant: letter,
    n: 240,
    sums: total(letter === "A" ? 100 : 80),
    latency_histogram: [],
  }));
  const now = analyzePhase(report, settings).variants[0]?.comparisons.find(
    ({ metric }) => metric === "latency",
  );
  expect(points.at(-1)?.known.B?.low).toBeCloseTo(now?.lift?.interval.low ?? 0, 10);
  expect(points.at(-1)?.known.B?.high).toBeCloseTo(now?.lift?.interval.high ?? 0, 10);
});

test("by subject it is drawn from sums over subjects as they grew, and ends where the verdict's is", () => {
  // Each minute 60 new subjects with two requests each, all of a subject alike: 100 or 80, give or take 10.
  const sums = (n: number, latency: number): ReportedPairSums => ({
    n,
    sum_x: 2 * n,
    sum_y: 2 * n * latency,
    sum_xx: 4 * n,
    sum_yy: 4 * n * (latency ** 2 + 100),
    sum_xy: 4 * n * latency,
    sum_of_squares: 2 * n * (latency ** 2 + 100),
  });
  const grew = (variant: string, i: number, latency: number): SubjectTimelineRow => ({
    variant,
    at: minute(i),
    step_seconds: 60,
    subjects: 60,
    sums: { latency: sums(60, latency) },
  });
  const bySubject = { ...settings, assign_by: "subject" } as const;
  const points = subjectSequenceOf(
    [0, 1, 2, 3].flatMap((i) => [grew("A", i, 100), grew("B", i, 80)]),
    variants,
    bySubject,
  );
  expect(points.map(({ at }) => at)).toEqual([2, 3, 4].map((i) => Date.parse(minute(i))));
  const report = variants.map(({ letter, ...variant }) => ({
    ...variant,
    variant: letter,
    n: 480,
    sums: {},
    latency_histogram: [],
  }));
  const subjects = variants.map(({ letter }) => ({
    phase: 1,
    variant: letter,
    subjects: 240,
    sums: { latency: sums(240, letter === "A" ? 100 : 80) },
  }));
  const now = analyzePhase(report, bySubject, subjects).variants[0]?.comparisons.find(
    ({ metric }) => metric === "latency",
  );
  expect(points.at(-1)?.known.B).toEqual({
    estimate: expect.closeTo(now?.lift?.estimate ?? 0, 10),
    low: expect.closeTo(now?.lift?.interval.low ?? 0, 10),
    high: expect.closeTo(now?.lift?.interval.high ?? 0, 10),
  });
});
