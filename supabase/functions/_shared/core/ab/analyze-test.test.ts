import { describe, expect, test } from "vitest";
import type { ReportRow, TestSettings } from "./analysis-types.ts";
import { analyzePhase } from "./analyze-test.ts";
import type { Metric, ReportedSums } from "./metrics.ts";

const settings: TestSettings = {
  assign_by: "request",
  primary_metric: "quality",
  minimum_detectable_effect: 0.05,
  planned_units: 5000,
};

/** Sums of n values of this mean and standard deviation. */
const spread = (n: number, mean: number, deviation: number): ReportedSums => ({
  n,
  sum: n * mean,
  sum_of_squares: n * (mean ** 2 + deviation ** 2),
});

function row(variant: string, n: number, more: Partial<ReportRow> = {}): ReportRow {
  return {
    phase: 1,
    variant,
    weight: 5000,
    stopped_at: null,
    n,
    sums: { quality: spread(n, 0.8, 0.2), error_rate: { n, sum: n / 100, sum_of_squares: n / 100 } },
    latency_histogram: [[150, n]],
    ...more,
  };
}

const sentence = (rows: ReportRow[], metric: Metric, more: Partial<TestSettings> = {}) =>
  analyzePhase(rows, { ...settings, ...more }).variants[0]!.comparisons.find(
    (comparison) => comparison.metric === metric,
  )!.verdict.sentence;

describe("the analysis of a phase", () => {
  test("says which variant is better and by how much", () => {
    const better = row("B", 2500, { sums: { quality: spread(2500, 0.88, 0.2) } });
    expect(sentence([row("A", 2500), better], "quality")).toMatch(/^B better by [67]\.\d % – 1[234]\.\d %$/);
    const worse = row("B", 2500, { sums: { quality: spread(2500, 0.72, 0.2) } });
    expect(sentence([row("A", 2500), worse], "quality")).toMatch(/^B worse by /);
  });

  test("takes less for better where less is better", () => {
    const cost = (mean: number) => ({ sums: { cost: spread(2500, mean, 200_000) } });
    expect(sentence([row("A", 2500, cost(1e6)), row("B", 2500, cost(8e5))], "cost")).toMatch(/^B better by /);
  });

  test("says how far two alike can still be apart", () => {
    expect(sentence([row("A", 10_000), row("B", 10_000)], "quality")).toMatch(
      /^no difference larger than [01]\.\d+ %$/,
    );
  });

  test("says how many more requests it takes when there are too few, and stands by it", () => {
    const few = sentence([row("A", 300), row("B", 300)], "quality");
    expect(few).toMatch(/^not enough data \(needs about [\d,]+ more\)$/);
    const more = Number(few.replace(/\D/g, ""));
    const half = Math.ceil(300 + more / 2);
    expect(sentence([row("A", half), row("B", half)], "quality")).toMatch(/^no difference larger than /);
  });

  test("asks for the least number on each side, however clear the difference looks", () => {
    const better = row("B", 50, { sums: { quality: spread(50, 0.95, 0.01) } });
    expect(sentence([row("A", 50), better], "quality")).toBe("not enough data (needs about 100 more)");
  });

  test("says nothing of a metric nobody measured", () => {
    expect(sentence([row("A", 3000), row("B", 3000)], "cost")).toBe("not enough data");
  });

  test("compares p95 from the histograms, whose cells never make a difference", () => {
    expect(sentence([row("A", 3000), row("B", 3000)], "latency_p95")).toMatch(/^no difference larger than /);
    const slow = row("B", 3000, {
      latency_histogram: [
        [150, 2000],
        [200, 1000],
      ],
    });
    expect(sentence([row("A", 3000), slow], "latency_p95")).toMatch(/^B worse by /);
  });

  test("concludes nothing when the traffic was not split as meant", () => {
    const rows = [row("A", 4000), row("B", 2500, { sums: { quality: spread(2500, 0.95, 0.1) } })];
    const analysis = analyzePhase(rows, settings);
    expect(analysis.splitIsWrong).toBe(true);
    for (const comparison of analysis.variants[0]!.comparisons)
      expect(comparison.verdict.kind).toBe("blocked");
  });

  test("does not hold a stopped variant's missing traffic against the others", () => {
    const rows = [
      row("A", 3000, { weight: 3333 }),
      row("B", 3000, { weight: 3333 }),
      row("C", 200, { weight: 3334, stopped_at: "2026-11-23T10:00:00Z" }),
    ];
    expect(analyzePhase(rows, settings).splitPValue).toBe(1);
    expect(
      analyzePhase([...rows.slice(0, 2), { ...rows[2]!, stopped_at: null }], settings).splitIsWrong,
    ).toBe(true);
  });

  test("is more careful the more variants are compared", () => {
    const width = (letters: string) => {
      const analysis = analyzePhase(
        [..."A", ...letters].map((letter) => row(letter, 2000)),
        settings,
      );
      const { interval } = analysis.variants[0]!.comparisons[0]!.lift!;
      return interval.high - interval.low;
    };
    expect(width("BCDEFGHIJ")).toBeGreaterThan(width("B") * 1.1);
  });
});
