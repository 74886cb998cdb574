import { describe, expect, test } from "vitest";
import { type HistogramCell, quantileDifference, quantileSequence } from "./quantile-sequence.ts";

/** The values 1…n, each in a cell of its own. */
const ranks = (n: number, shift = 0): HistogramCell[] =>
  Array.from({ length: n }, (_, i) => ({ low: i + shift, high: i + 1 + shift, count: 1 }));

// The ranks that the evidence leaves possible, counted one by one with scipy.special.gammaln.
describe("the interval reaches from the first possible rank to the one after the last", () => {
  test.each([
    [1000, 0.95, 0.05, 1000, 928, 969],
    [1000, 0.5, 0.05, 1000, 453, 547],
    [100_000, 0.95, 0.025, 5000, 94_753, 95_243],
  ])(
    "%i values, quantile %f, alpha %f, tuned for %i: ranks %i to %i",
    (n, p, alpha, tunedFor, first, last) => {
      const { interval, estimate } = quantileSequence(ranks(n), p, { alpha, tunedFor });
      expect(interval).toEqual({ low: first - 1, high: last + 1 });
      expect(estimate).toBe(n * p - 0.5);
    },
  );

  test("200 values cannot bound their 99th percentile from above", () => {
    const { interval } = quantileSequence(ranks(200), 0.99, { alpha: 0.05, tunedFor: 5000 });
    expect(interval).toEqual({ low: 189, high: Number.POSITIVE_INFINITY });
  });
});

test("cells are rounded outwards, so a coarse histogram is wider and never wrong", () => {
  const coarse = Array.from({ length: 10 }, (_, i) => ({ low: i * 100, high: (i + 1) * 100, count: 100 }));
  const fine = quantileSequence(ranks(1000), 0.5, { alpha: 0.05, tunedFor: 1000 }).interval;
  const { low, high } = quantileSequence(coarse, 0.5, { alpha: 0.05, tunedFor: 1000 }).interval;
  expect([low, high]).toEqual([400, 600]);
  expect(low).toBeLessThanOrEqual(fine.low);
  expect(high).toBeGreaterThanOrEqual(fine.high);
});

test("without data everything is possible", () => {
  const { estimate, interval } = quantileSequence([], 0.95, { alpha: 0.05, tunedFor: 100 });
  expect(estimate).toBeNaN();
  expect(interval).toEqual({ low: 0, high: Number.POSITIVE_INFINITY });
});

test("the difference of two p95 holds zero when nothing differs and finds a real shift", () => {
  const options = { alpha: 0.05, tunedFor: 10_000 };
  const same = quantileDifference(ranks(5000), ranks(5000), 0.95, options);
  expect(same.interval.low).toBeLessThan(0);
  expect(same.interval.high).toBeGreaterThan(0);
  const shifted = quantileDifference(ranks(5000), ranks(5000, 1000), 0.95, options);
  expect(shifted.estimate).toBe(1000);
  expect(shifted.interval.low).toBeGreaterThan(500);
  expect(shifted.interval.high).toBeLessThan(1500);
});
