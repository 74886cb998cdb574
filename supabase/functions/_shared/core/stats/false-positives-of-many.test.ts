import { describe, expect, test } from "vitest";
import { alphaPerComparison, liftSequence } from "./compare-estimates.ts";
import { meanEstimate, type Sums } from "./estimate.ts";
import { type HistogramCell, quantileDifference } from "./quantile-sequence.ts";
import { seededRandom } from "./testing/random.ts";

const RUNS = 400;

/** The share of runs that conclude anything. */
const shareOf = (concludes: (random: () => number) => boolean): number => {
  let concluded = 0;
  for (let run = 0; run < RUNS; run++) if (concludes(seededRandom(31 + run * 7919))) concluded++;
  return concluded / RUNS;
};
const excludesZero = ({ low, high }: { low: number; high: number }) => low > 0 || high < 0;

describe("a control and variants that are all the same, looked at after every request", () => {
  const concludes = (variants: number, alpha: number) => (random: () => number) => {
    const arms = Array.from({ length: variants + 1 }, () => ({ n: 0, sum: 0, sumOfSquares: 0 }));
    for (let i = 0; i < 10_000; i++) {
      const place = Math.floor(random() * arms.length);
      const value = -Math.log(1 - random());
      const arm = arms[place]!;
      arm.n += 1;
      arm.sum += value;
      arm.sumOfSquares += value ** 2;
      const compared = place === 0 ? arms.slice(1) : [arm];
      const control = meanEstimate(arms[0] as Sums);
      for (const other of compared) {
        const { interval } = liftSequence(control, meanEstimate(other), { alpha, tunedFor: 10_000 });
        if (excludesZero(interval)) return true;
      }
    }
    return false;
  };

  test("of nine variants any is called different in no more than 1 test in 20", () => {
    expect(shareOf(concludes(9, alphaPerComparison(0.05, 9)))).toBeLessThanOrEqual(0.05);
  });

  test("with intervals for one look, many of these tests find something", () => {
    // An alpha of 0.5 puts the boundary at 1.92 standard errors after 10 000 requests, and higher before.
    expect(shareOf(concludes(9, 0.5))).toBeGreaterThan(0.2);
  });
});

describe("p95 of two variants whose latencies are distributed alike", () => {
  const RATIO = 1.04;
  const concludes = (slower: number) => (random: () => number) => {
    const sides = [new Map<number, number>(), new Map<number, number>()];
    for (let i = 1; i <= 10_000; i++) {
      const side = random() < 0.5 ? 0 : 1;
      const latency = 100 * Math.exp(random() + random()) * (side === 1 ? slower : 1);
      const bucket = Math.ceil(Math.log(latency) / Math.log(RATIO));
      sides[side]!.set(bucket, (sides[side]!.get(bucket) ?? 0) + 1);
      // A look takes a while; fifty requests are as good as one.
      if (i % 50 > 0) continue;
      const [control, variant] = sides.map(cellsOf) as [HistogramCell[], HistogramCell[]];
      const { interval } = quantileDifference(control, variant, 0.95, { alpha: 0.05, tunedFor: 10_000 });
      if (excludesZero(interval)) return true;
    }
    return false;
  };
  const cellsOf = (counts: ReadonlyMap<number, number>): HistogramCell[] =>
    [...counts]
      .sort(([a], [b]) => a - b)
      .map(([bucket, count]) => ({ low: RATIO ** (bucket - 1), high: RATIO ** bucket, count }));

  test("differs in no more than 1 test in 20", () => {
    expect(shareOf(concludes(1))).toBeLessThanOrEqual(0.05);
  });

  test("and is found to differ when one is a third slower", () => {
    expect(shareOf(concludes(4 / 3))).toBeGreaterThan(0.95);
  });
});
