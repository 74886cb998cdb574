import { expect, test } from "vitest";
import { requestEstimate, subjectEstimate } from "./metrics.ts";
import { planTest } from "./plan-test.ts";

const sums = { n: 1000, sum: 800, sum_of_squares: 1000 * (0.8 ** 2 + 0.2 ** 2) };
const input = {
  baseline: requestEstimate("quality", sums),
  weights: [5000, 5000],
  minimumDetectableEffect: 0.05,
  arrivals: { perDay: 500 },
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

/** 1 000 values of 100 subjects, ten each, with the same mean and spread; alike or not within a subject. */
const bySubject = (alike: boolean) =>
  subjectEstimate("quality", {
    n: 100,
    sum_x: 1000,
    sum_y: 800,
    sum_xx: 10_000,
    sum_yy: 10_000 * 0.8 ** 2 + (alike ? 10_000 : 1000) * 0.2 ** 2,
    sum_xy: 10_000 * 0.8,
    sum_of_squares: sums.sum_of_squares,
  });
const subjects = (alike: boolean, more: object = {}) =>
  planTest({ ...input, baseline: bySubject(alike), ...more })!.units;

test("a test by subject needs as many subjects as one by request needs requests, when a subject's are all alike", () => {
  // Between 100 subjects the variance is known less exactly: 1000/999 and 100/99.
  expect(subjects(true) / planTest(input)!.units).toBeCloseTo(100 / 99 / (1000 / 999), 2);
});

test("and a tenth of them, or a little more, when the ten requests of a subject are not alike at all", () => {
  const fine = { minimumDetectableEffect: 0.01 };
  const share = subjects(false, fine) / planTest({ ...input, ...fine })!.units;
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.115);
});

test("without a baseline there is no plan to give", () => {
  const of = (one: typeof sums) => planTest({ ...input, baseline: requestEstimate("quality", one) });
  expect(of({ n: 0, sum: 0, sum_of_squares: 0 })).toBeNull();
  expect(of({ n: 50, sum: 0, sum_of_squares: 0 })).toBeNull();
});
