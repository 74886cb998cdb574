import { describe, expect, test } from "vitest";
import { SAMPLE_RATIO_ALPHA, sampleRatioPValue } from "./sample-ratio.ts";
import { requiredUnits } from "./sample-size.ts";
import { shareConcluded } from "./testing/peek.ts";
import { seededRandom } from "./testing/random.ts";

const RUNS = 500;

describe("two variants that are the same, looked at after every one of 10 000 requests", () => {
  const options = { alpha: 0.05, tunedFor: 10_000 };
  const watched = { requests: 10_000, options };

  test.each([
    ["quality scores", 0.5, (u: () => number) => (u() < 0.7 ? 1 : u())],
    ["exponential latencies", 0.5, (u: () => number) => -Math.log(1 - u())],
    ["skewed costs", 0.5, (_: () => number, z: () => number) => Math.exp(1.5 * z())],
    [
      "skewed costs, a tenth of traffic on the variant",
      0.1,
      (_: () => number, z: () => number) => Math.exp(1.5 * z()),
    ],
  ])("%s, variant share %f: no more than 1 test in 20 finds a difference", (_, share, draw) => {
    const rate = shareConcluded(RUNS, { ...watched, share, draw: (_arm, u, z) => draw(u, z) });
    expect(rate).toBeLessThanOrEqual(0.05);
  });

  test.each([
    [0.01, 0.5],
    [0.05, 0.1],
    [0.3, 0.5],
  ])(
    "error rates of %f with a variant share of %f: no more than 1 test in 20 finds a difference",
    (p, share) => {
      const rate = shareConcluded(RUNS, { ...watched, share, rate: true, draw: (_, u) => (u() < p ? 1 : 0) });
      expect(rate).toBeLessThanOrEqual(0.05);
    },
  );

  test("the same looks with an interval for one look are wrong far more often", () => {
    // An alpha of 0.5 puts the boundary at 1.92 standard errors after 10 000 requests, and higher before.
    const draw = (_: unknown, u: () => number) => -Math.log(1 - u());
    const options = { alpha: 0.5, tunedFor: 10_000 };
    expect(shareConcluded(RUNS, { requests: 10_000, share: 0.5, options, draw })).toBeGreaterThan(0.2);
  });
});

describe("a real difference, with the sample that was computed for it", () => {
  test("in quality is found at least 80 times in 100", () => {
    const unitVariance = 0.7 + 0.3 / 3 - (0.7 + 0.15) ** 2;
    const effect = 0.05 * 0.85;
    const units = requiredUnits({
      effect,
      unitVariance,
      controlShare: 0.5,
      variantShare: 0.5,
      alpha: 0.05,
      power: 0.8,
    });
    const power = shareConcluded(RUNS, {
      requests: units,
      share: 0.5,
      options: { alpha: 0.05, tunedFor: units },
      draw: (arm, u) => (u() < 0.7 ? 1 : u()) * (arm === "variant" ? 0.95 : 1),
    });
    expect(power).toBeGreaterThanOrEqual(0.8);
    expect(power).toBeLessThan(0.95);
  });

  test("in the error rate, with 40 % of traffic on the variant, is found at least 80 times in 100", () => {
    const [from, to] = [0.1, 0.07];
    const units = requiredUnits({
      effect: from - to,
      unitVariance: from * (1 - from),
      controlShare: 0.6,
      variantShare: 0.4,
      alpha: 0.05,
      power: 0.8,
    });
    const power = shareConcluded(RUNS, {
      requests: units,
      share: 0.4,
      rate: true,
      options: { alpha: 0.05, tunedFor: units },
      draw: (arm, u) => (u() < (arm === "control" ? from : to) ? 1 : 0),
    });
    expect(power).toBeGreaterThanOrEqual(0.8);
  });
});

test("a right split of traffic is called wrong in at most 1 of 1 000 tests, though checked every 50 requests", () => {
  const weights = [3333, 3333, 3334];
  let mistaken = 0;
  for (let run = 0; run < 1000; run++) {
    const random = seededRandom(run);
    const counts = [0, 0, 0];
    let smallest = 1;
    for (let i = 1; i <= 5000; i++) {
      counts[Math.floor(random() * 3)]! += 1;
      if (i % 50 === 0) smallest = Math.min(smallest, sampleRatioPValue(counts, weights));
    }
    if (smallest < SAMPLE_RATIO_ALPHA) mistaken++;
  }
  expect(mistaken).toBeLessThanOrEqual(1);
});
