import { describe, expect, test } from "vitest";
import { logMultinomialEvidence, SAMPLE_RATIO_ALPHA, sampleRatioPValue } from "./sample-ratio.ts";

test("the Bayes factor is the one of Lindon & Malek's published implementation", () => {
  // ssrm-test's own tests: after 60, 63 and 32 units against 0.4, 0.4, 0.2 with a flat prior, its log marginal
  // likelihoods are −19.96484521090386 and −15.781031228536165.
  const log = logMultinomialEvidence([60, 63, 32], [0.4, 0.4, 0.2], [1, 1, 1]);
  expect(log).toBeCloseTo(-19.96484521090386 + 15.781031228536165, 10);
});

// scipy.special.gammaln on the same formula.
describe("the p-value", () => {
  test.each([
    [[5000, 5000], [1, 1], 1],
    [[5210, 4790], [1, 1], 0.002958947853504783],
    [[52_100, 47_900], [5000, 5000], 3.332150080390115e-37],
    [[3300, 3200, 3800], [3333, 3333, 3334], 4.068582164872988e-11],
    [[600, 400], [5, 5], 7.499882004853367e-8],
    [[130, 70], [1, 1], 0.008052610996030633],
  ])("of %j served for weights %j is %f", (counts, weights, expected) => {
    const p = sampleRatioPValue(counts, weights);
    expect(Math.log(p)).toBeCloseTo(Math.log(expected), 5);
  });

  test("does not depend on how weights are written", () => {
    expect(sampleRatioPValue([700, 300], [60, 40])).toBeCloseTo(
      sampleRatioPValue([700, 300], [6000, 4000]),
      15,
    );
  });

  test("finds weights that were swapped within a few hundred requests", () => {
    expect(sampleRatioPValue([200, 300], [60, 40])).toBeLessThan(SAMPLE_RATIO_ALPHA);
    expect(sampleRatioPValue([300, 200], [60, 40])).toBe(1);
  });

  test("is 1 without data", () => {
    expect(sampleRatioPValue([0, 0], [50, 50])).toBe(1);
  });
});
