import { describe, expect, test } from "vitest";
import { meanSequence, normalMixtureFactor, tunedTime } from "./normal-mixture.ts";

describe("the normal mixture boundary", () => {
  test("is the one of Howard et al.'s published implementation", () => {
    // confseq's own unit tests: best_rho(100, 0.05) = 12.60056 and normal_mixture_bound(100, 0.05, 100) = 30.35209.
    expect(100 / tunedTime(0.05)).toBeCloseTo(12.60056, 5);
    expect(normalMixtureFactor(100, { alpha: 0.05, tunedFor: 100 }) * Math.sqrt(100)).toBeCloseTo(
      30.35209,
      5,
    );
  });

  // The formula as printed, evaluated in Python.
  test.each([
    [1, 0.05, 1000, 27.60350640729614],
    [10, 0.05, 100, 3.8550546335303104],
    [1000, 0.05, 100, 3.2417231454054374],
    [10_000, 0.01, 500, 3.8365621418485985],
    [500, 0.025, 5000, 4.0634965337661795],
  ])("after %i units at alpha %f tuned for %i is %f standard errors", (n, alpha, tunedFor, factor) => {
    expect(normalMixtureFactor(n, { alpha, tunedFor })).toBeCloseTo(factor, 12);
  });

  test("is narrowest, within a tenth of a percent, where it is tuned", () => {
    const at = (n: number) => normalMixtureFactor(1000, { alpha: 0.05, tunedFor: n });
    const best = Math.min(...Array.from({ length: 400 }, (_, i) => at(50 * (i + 1))));
    expect(at(1000) / best).toBeLessThan(1.001);
  });

  test("costs 7 % of width at ten times the tuned moment and 27 % at a tenth of it", () => {
    const at = (n: number) => normalMixtureFactor(n, { alpha: 0.05, tunedFor: 1000 });
    expect(at(10_000) / at(1000)).toBeCloseTo(1.07, 2);
    expect(at(100) / at(1000)).toBeCloseTo(1.27, 2);
  });
});

test("nothing is claimed while the variance is unknown", () => {
  const interval = meanSequence({ value: 3, variance: Number.NaN, n: 1 }, { alpha: 0.05, tunedFor: 100 });
  expect(interval).toEqual({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
});
