import { expect, test } from "vitest";
import { normalMixtureFactor } from "./normal-mixture.ts";
import { expectedDays, requiredUnits, unitsStillNeeded } from "./sample-size.ts";

// n = (σ²/share + σ²/share) · ((3.0352 + z)/δ)², evaluated in Python.
test.each([
  [
    {
      effect: 0.02,
      unitVariance: 0.05 * 0.95,
      controlShare: 0.5,
      variantShare: 0.5,
      alpha: 0.05,
      power: 0.8,
    },
    7140,
  ],
  [{ effect: 5, unitVariance: 400, controlShare: 0.6, variantShare: 0.4, alpha: 0.05, power: 0.9 }, 1243],
  [
    { effect: 0.01, unitVariance: 0.25, controlShare: 1 / 3, variantShare: 1 / 3, alpha: 0.025, power: 0.8 },
    254_720,
  ],
] as const)("%j needs %i units", (input, units) => {
  expect(requiredUnits(input)).toBe(units);
});

test("looking all the time costs about twice the sample of looking once", () => {
  // Lehr's rule for one look at 5 % and 80 %: 2 · (1.959964 + 0.841621)² σ²/δ² per arm.
  const sequential = requiredUnits({
    effect: 0.1,
    unitVariance: 1,
    controlShare: 0.5,
    variantShare: 0.5,
    alpha: 0.05,
    power: 0.8,
  });
  const fixed = 2 * 2 * (1.959964 + 0.841621) ** 2 * 100;
  expect(sequential / fixed).toBeGreaterThan(1.8);
  expect(sequential / fixed).toBeLessThan(2);
});

test("a metric that does not vary still needs the least number of units on the smaller side", () => {
  const input = {
    effect: 1,
    unitVariance: 0,
    alpha: 0.05,
    power: 0.8,
    controlShare: 0.9,
    variantShare: 0.1,
  } as const;
  expect(requiredUnits(input)).toBe(1000);
});

test("days are whole, at least one, and never without traffic", () => {
  expect(expectedDays(7140, { perDay: 1000 })).toBe(8);
  expect(expectedDays(10, { perDay: 1000 })).toBe(1);
  expect(expectedDays(10, { perDay: 0 })).toBe(Number.POSITIVE_INFINITY);
});

test("subjects come fast at first and slowly once most have been there", () => {
  const arrivals = { seen: 700, days: 7, perDay: 20 };
  expect(expectedDays(350, arrivals)).toBe(4);
  expect(expectedDays(700, arrivals)).toBe(7);
  expect(expectedDays(900, arrivals)).toBe(17);
  expect(expectedDays(900, { ...arrivals, perDay: 0 })).toBe(Number.POSITIVE_INFINITY);
});

test("after the units still needed, the interval is as narrow as was asked", () => {
  const options = { alpha: 0.05, tunedFor: 10_000 };
  const more = unitsStillNeeded(0.03, 800, 0.05, options);
  const total = 800 + more;
  const halfWidth = normalMixtureFactor(total, options) * 0.03 * Math.sqrt(800 / total);
  expect(halfWidth).toBeCloseTo(0.05, 3);
  expect(unitsStillNeeded(0.001, 800, 0.05, options)).toBe(0);
  expect(unitsStillNeeded(Number.NaN, 800, 0.05, options)).toBe(Number.POSITIVE_INFINITY);
});
