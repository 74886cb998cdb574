import { expect, test } from "vitest";
import { planTest } from "./plan-test.ts";

const baseline = { n: 1000, sum: 800, sum_of_squares: 1000 * (0.8 ** 2 + 0.2 ** 2) };
const input = {
  metric: "quality",
  baseline,
  weights: [5000, 5000],
  minimumDetectableEffect: 0.05,
  unitsPerDay: 500,
} as const;

test("a plan is units and days at current traffic", () => {
  // (σ/μ)² = 0.0625 · 1000/999, V = 4 of it, ((3.0352 + 0.8416)/ln 1.05)².
  const plan = planTest(input);
  expect(plan).toEqual({
    units: Math.ceil(
      (4 * 0.0625 * (1000 / 999) * (3.0352089903762534 + 0.8416212335729143) ** 2) / Math.log(1.05) ** 2,
    ),
    days: 4,
  });
});

test("more variants, smaller shares and smaller effects take longer", () => {
  const units = (more: object) => planTest({ ...input, ...more })!.units;
  expect(units({ weights: [3333, 3333, 3334] })).toBeGreaterThan(units({}) * 1.5);
  expect(units({ weights: [9000, 1000] })).toBeGreaterThan(units({}) * 2);
  expect(units({ minimumDetectableEffect: 0.025 })).toBeGreaterThan(units({}) * 3.5);
  expect(units({ power: 0.95 })).toBeGreaterThan(units({}));
});

test("without a baseline there is no plan to give", () => {
  expect(planTest({ ...input, baseline: { n: 0, sum: 0, sum_of_squares: 0 } })).toBeNull();
  expect(planTest({ ...input, baseline: { n: 50, sum: 0, sum_of_squares: 0 } })).toBeNull();
});
