import { describe, expect, test } from "vitest";
import { alphaPerComparison, differenceSequence, liftSequence, MIN_UNITS } from "./compare-estimates.ts";
import { meanEstimate } from "./estimate.ts";

const options = { alpha: 0.05, tunedFor: 5000 };
const control = meanEstimate({ n: 200, sum: 3080, sumOfSquares: 55_600 });
const variant = meanEstimate({ n: 220, sum: 2980, sumOfSquares: 43_820 });

// Computed with numpy from the 200 and 220 values behind these sums, with the larger of own and pooled variance.
test("the difference of two means", () => {
  const { estimate, interval } = differenceSequence(control, variant, options);
  expect(estimate).toBeCloseTo(-1.8545454545454554, 10);
  expect(interval.low).toBeCloseTo(-4.176388132601755, 10);
  expect(interval.high).toBeCloseTo(0.4672972235108439, 10);
});

describe("the relative lift", () => {
  test("of one mean over another", () => {
    const { estimate, interval } = liftSequence(control, variant, options);
    expect(estimate).toBeCloseTo(-0.1204250295159387, 12);
    expect(interval.low).toBeCloseTo(-0.2453965866354062, 12);
    expect(interval.high).toBeCloseTo(0.025243346372513624, 12);
  });

  test("says the same whichever side is called the control", () => {
    const forth = liftSequence(control, variant, options).interval;
    const back = liftSequence(variant, control, options).interval;
    expect((1 + forth.low) * (1 + back.high)).toBeCloseTo(1, 12);
  });

  test("does not depend on the unit of the metric", () => {
    const nano = (estimate: typeof control) => ({
      ...estimate,
      value: estimate.value * 1e9,
      variance: estimate.variance * 1e18,
    });
    const scaled = liftSequence(nano(control), nano(variant), options).interval;
    expect(scaled.low).toBeCloseTo(liftSequence(control, variant, options).interval.low, 12);
  });

  test("claims nothing when a mean is zero", () => {
    const none = { value: 0, variance: 0, n: 500 };
    expect(liftSequence(none, variant, options).interval).toEqual({
      low: -1,
      high: Number.POSITIVE_INFINITY,
    });
  });
});

test("with fewer than the least number of units on one side, everything is possible", () => {
  const few = { ...control, n: MIN_UNITS - 1 };
  for (const compare of [differenceSequence, liftSequence]) {
    expect(compare(few, variant, options).interval.high).toBe(Number.POSITIVE_INFINITY);
    expect(compare(control, { ...variant, n: MIN_UNITS - 1 }, options).interval.high).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(compare({ ...few, n: MIN_UNITS }, variant, options).interval.high).toBeLessThan(10);
  }
});

test("nine comparisons with one control share the chance of error", () => {
  expect(alphaPerComparison(0.05, 9)).toBeCloseTo(0.05 / 9, 15);
  expect(alphaPerComparison(0.05, 1)).toBe(0.05);
});
