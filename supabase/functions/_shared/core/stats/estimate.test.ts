import { describe, expect, test } from "vitest";
import {
  addSums,
  meanEstimate,
  rateEstimate,
  rateOverSubjects,
  ratioEstimate,
  unitVariance,
} from "./estimate.ts";

// Figures computed with numpy 2 (`x.var(ddof=1)`) on the same values.
const A = { n: 200, sum: 3080, sumOfSquares: 55_600 };

test("mean and its variance come from three sums alone", () => {
  expect(meanEstimate(A).value).toBeCloseTo(15.4, 12);
  expect(unitVariance(A)).toBeCloseTo((55_600 - 3080 ** 2 / 200) / 199, 10);
  expect(meanEstimate(A).variance).toBeCloseTo(unitVariance(A) / 200, 12);
});

test("sums of parts are the sums of the whole", () => {
  const part = { n: 1, sum: 2, sumOfSquares: 4 };
  expect(addSums(part, A, part)).toEqual({ n: 202, sum: 3084, sumOfSquares: 55_608 });
  expect(addSums()).toEqual({ n: 0, sum: 0, sumOfSquares: 0 });
});

test("a metric that never varies has variance zero, not a little less", () => {
  const cost = 1_234_567.1;
  const same = { n: 1_000_000, sum: cost * 1_000_000, sumOfSquares: cost ** 2 * 1_000_000 };
  expect(unitVariance(same)).toBeGreaterThanOrEqual(0);
  expect(Math.sqrt(unitVariance(same)) / cost).toBeLessThan(1e-6);
});

test("one unit has no variance to speak of", () => {
  expect(meanEstimate({ n: 1, sum: 5, sumOfSquares: 25 }).variance).toBeNaN();
  expect(meanEstimate({ n: 0, sum: 0, sumOfSquares: 0 }).value).toBeNaN();
});

describe("rates", () => {
  test("no success yet still has a width", () => {
    expect(rateEstimate(0, 200)).toEqual({
      value: 0,
      variance: expect.closeTo(2.438607746668207e-5, 18),
      n: 200,
    });
  });
  test("the value is the plain share", () => {
    expect(rateEstimate(12, 400).value).toBe(0.03);
    expect(rateEstimate(12, 400).variance).toBeCloseTo(7.784214493483919e-5, 18);
  });
});

describe("ratios by the delta method", () => {
  // x = 1 3 2 5 1 4 2 2 6 1, y = 2 5 5 9 1 9 3 6 13 2: residuals (y − R·x)/x̄ written out in numpy.
  const sums = { n: 10, sumX: 27, sumY: 55, sumXX: 101, sumYY: 435, sumXY: 207, sumOfSquares: 130 };

  test("agree with the residuals written out", () => {
    expect(ratioEstimate(sums).value).toBeCloseTo(55 / 27, 12);
    expect(ratioEstimate(sums).variance).toBeCloseTo(0.016412399913108368, 14);
  });

  test("with one request per subject are plain means", () => {
    const { value, variance, worth, evenUnits } = ratioEstimate({
      n: A.n,
      sumX: A.n,
      sumXX: A.n,
      sumY: A.sum,
      sumYY: A.sumOfSquares,
      sumXY: A.sum,
      sumOfSquares: A.sumOfSquares,
    });
    expect(value).toBe(meanEstimate(A).value);
    expect(variance).toBeCloseTo(meanEstimate(A).variance, 12);
    expect([worth, evenUnits]).toEqual([A.n, A.n]);
  });

  test("subjects whose requests are all alike count once, however many requests they send", () => {
    // 50 subjects, 20 requests each, half of them always 0 and half always 1.
    const clustered = ratioEstimate({
      n: 50,
      sumX: 1000,
      sumY: 500,
      sumXX: 50 * 400,
      sumYY: 25 * 400,
      sumXY: 25 * 400,
      sumOfSquares: 500,
    });
    const naive = meanEstimate({ n: 1000, sum: 500, sumOfSquares: 500 });
    expect(clustered.variance / naive.variance).toBeCloseTo(20, 0);
    expect([clustered.worth, clustered.evenUnits]).toEqual([50, 50]);
  });

  test("requests of a subject that are not alike are worth as much as those of others, however few subjects", () => {
    // 50 subjects, 20 requests each, every one with ten of 0 and ten of 1.
    const mixed = { n: 50, sumX: 1000, sumY: 500, sumXX: 50 * 400, sumYY: 50 * 100, sumXY: 50 * 200 };
    expect(ratioEstimate({ ...mixed, sumOfSquares: 500 }).worth).toBe(1000);
  });

  test("one subject that makes half of the requests weighs as much as the others together", () => {
    // 101 subjects: one with 100 requests, the others with one each; all values 1 but the first subject's.
    const sums = { n: 101, sumX: 200, sumY: 150, sumXX: 10_100, sumYY: 2600, sumXY: 5100, sumOfSquares: 150 };
    expect(ratioEstimate(sums).evenUnits).toBeCloseTo(200 ** 2 / 10_100, 12);
  });

  test("no failure of anybody yet still has a width, that of two subjects more", () => {
    const { value, variance, n } = rateOverSubjects({
      n: 150,
      sumX: 750,
      sumY: 0,
      sumXX: 3750,
      sumYY: 0,
      sumXY: 0,
      sumOfSquares: 0,
    });
    expect([value, n]).toEqual([0, 150]);
    // One subject of 152 fails: p(1 − p)/(n − 1) over subjects, which are all of one size.
    expect(variance).toBeCloseTo(((1 / 152) * (151 / 152)) / 151, 10);
  });

  test("a rate with one request per subject is as wide as one over requests", () => {
    const one = { n: 400, sumX: 400, sumY: 12, sumXX: 400, sumYY: 12, sumXY: 12, sumOfSquares: 12 };
    expect(rateOverSubjects(one).variance / rateEstimate(12, 400).variance).toBeCloseTo(1, 2);
    expect(rateOverSubjects(one).value).toBe(0.03);
  });
});
