import { describe, expect, test } from "vitest";
import { requiredUnits } from "./sample-size.ts";
import { shareConcludedBySubject } from "./testing/peek-at-subjects.ts";

const RUNS = 400;
const plannedFor = (tunedFor: number) => ({ options: { alpha: 0.05, tunedFor } });

describe("two variants that are the same, judged by subject and looked at after every request", () => {
  const growing = { requests: 10_000, newcomers: 0.1, ...plannedFor(1000) };
  test.each([
    ["requests of a subject half alike", { ...growing, return: "alike", correlation: 0.5 }],
    ["requests of a subject nearly the same", { ...growing, return: "alike", correlation: 0.9 }],
    ["one request for each subject", { ...growing, newcomers: 1, return: "alike", correlation: 0.5 }],
    [
      "errors, of which a subject has none or many",
      { ...growing, return: "alike", correlation: 0.5, rate: 0.02 },
    ],
    ["skewed values", { ...growing, return: "alike", correlation: 0.5, deviation: 1.5 }],
    // Without regard to how few they are, 16 % of these tests find a difference that is not there.
    ["few subjects make most of the requests", { ...growing, return: "often", correlation: 0.5 }],
    // With the number of subjects for the time, which stands still, 6 % of these do once each came 450 times.
    [
      "220 subjects that only come back",
      {
        requests: 20_000,
        newcomers: 1,
        most: 220,
        return: "alike",
        correlation: 0,
        ...plannedFor(200),
      },
    ],
  ] as const)("%s: no more than 1 test in 20 finds a difference", (_, watched) => {
    expect(shareConcludedBySubject(RUNS, watched)).toBeLessThanOrEqual(0.05);
  });
});

test("a real difference is found at least 80 times in 100 with the subjects computed for it", () => {
  // Log-normal, half of the logarithm's variance being the subject's: mean 1.133, and of a subject's mean over k
  // requests the variance between subjects plus that within over k.
  const [correlation, deviation, perSubject, effect] = [0.5, 0.5, 5, 0.9] as const;
  const relative = (share: number) => Math.exp(deviation ** 2 * share) - 1;
  const between = relative(correlation);
  const within = relative(1) - between;
  const worthOfUnit = relative(1) / (between + within / perSubject);
  const units = requiredUnits({
    effect: -Math.log(effect),
    unitVariance: between + within / perSubject,
    controlShare: 0.5,
    variantShare: 0.5,
    alpha: 0.05,
    power: 0.8,
    worthOfUnit,
  });
  const power = shareConcludedBySubject(RUNS, {
    requests: units * perSubject,
    newcomers: 1,
    most: units,
    return: "alike",
    correlation,
    deviation,
    effect,
    ...plannedFor(units),
  });
  expect(power).toBeGreaterThanOrEqual(0.8);
  expect(power).toBeLessThan(0.97);
});
