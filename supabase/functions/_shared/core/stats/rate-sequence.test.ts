import { describe, expect, test } from "vitest";
import { logRateEvidence, priorWeight, rateSequence } from "./rate-sequence.ts";

// confseq's own unit tests (BernoulliConfidenceIntervalTest, TestTwoSidedBetaBinomialMixture), to their five digits.
describe("the beta-binomial mixture is the one of Howard et al.'s published implementation", () => {
  test.each([
    [700, 1000, 100, 0.651629, 0.745949],
    [15, 50, 50, 0.129556, 0.511896],
    [5, 50, 50, 0.013021, 0.269264],
    [1, 50, 50, 0, 0.13489],
    [1, 2, 50, 0, 1],
  ])("%i of %i, tuned for %i: %f to %f", (successes, n, tunedFor, low, high) => {
    const interval = rateSequence(successes, n, { alpha: 0.05, tunedFor });
    expect(Math.abs(interval.low - low)).toBeLessThan(1e-5);
    expect(Math.abs(interval.high - high)).toBeLessThan(1e-5);
  });

  test("and so is the evidence itself", () => {
    // s = 10, v = 100, g = 0.2, h = 0.8 there is 135 successes of 625 against p = 0.2 here.
    const weight = priorWeight({ alpha: 0.05, tunedFor: 625 });
    expect(logRateEvidence(135, 625, 0.2, weight)).toBeCloseTo(-0.6941012, 6);
  });
});

test("the interval of a rare event is narrow and keeps above zero", () => {
  // scipy 1.17, scipy.optimize.brentq on the same evidence.
  const interval = rateSequence(12, 10_000, { alpha: 0.025, tunedFor: 5000 });
  expect(interval.low).toBeCloseTo(0.00034796527424132214, 9);
  expect(interval.high).toBeCloseTo(0.0026857006756716615, 9);
});

test("without data every rate is possible", () => {
  expect(rateSequence(0, 0, { alpha: 0.05, tunedFor: 100 })).toEqual({ low: 0, high: 1 });
});
