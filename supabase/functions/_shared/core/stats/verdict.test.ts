import { describe, expect, test } from "vitest";
import { settlingWidth, type VerdictInput, verdict } from "./verdict.ts";

const percent = (amount: number) => `${(amount * 100).toFixed(1)} %`;
const judge = (low: number, high: number, more: Partial<VerdictInput> = {}) =>
  verdict({
    letter: "B",
    comparison: { estimate: (low + high) / 2, interval: { low, high } },
    higherIsBetter: true,
    smallestEffect: 0.05,
    unitsNeeded: 3167,
    splitIsWrong: false,
    format: percent,
    ...more,
  });

describe("the verdict", () => {
  test("names the better variant as soon as zero is excluded", () => {
    expect(judge(0.031, 0.082)).toEqual({
      kind: "better",
      sentence: "B better by 3.1 % – 8.2 %",
      unitsNeeded: null,
    });
    expect(judge(-0.082, -0.031).sentence).toBe("B worse by 3.1 % – 8.2 %");
  });

  test("turns round for metrics of which less is better", () => {
    expect(judge(-0.082, -0.031, { higherIsBetter: false }).sentence).toBe("B better by 3.1 % – 8.2 %");
    expect(judge(0.031, 0.082, { higherIsBetter: false }).sentence).toBe("B worse by 3.1 % – 8.2 %");
  });

  test("says how large a difference can still be", () => {
    expect(judge(-0.021, 0.034).sentence).toBe("no difference larger than 3.4 %");
    expect(judge(-0.05, 0.05).kind).toBe("no_difference");
  });

  test("says how much is missing, in two figures", () => {
    expect(judge(-0.051, 0.034)).toEqual({
      kind: "not_enough_data",
      sentence: "not enough data (needs about 3,200 more)",
      unitsNeeded: 3200,
    });
    expect(judge(-0.06, 0.06, { unitsNeeded: 7 }).sentence).toBe("not enough data (needs about 7 more)");
    expect(judge(-0.06, 0.06, { unitsNeeded: Number.POSITIVE_INFINITY }).sentence).toBe("not enough data");
  });

  test("an interval that touches zero decides nothing", () => {
    expect(judge(0, 0.2).kind).toBe("not_enough_data");
    expect(judge(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).kind).toBe("not_enough_data");
  });

  test("a wrong split of traffic blocks every conclusion, also a clear one", () => {
    expect(judge(0.5, 0.6, { splitIsWrong: true }).kind).toBe("blocked");
  });

  test("an open end is said as such, and equal ends once", () => {
    expect(judge(0.031, Number.POSITIVE_INFINITY).sentence).toBe("B better by at least 3.1 %");
    expect(judge(0.0311, 0.0312).sentence).toBe("B better by 3.1 %");
  });
});

test("a comparison settles by excluding zero or by fitting the margin, whichever is nearer", () => {
  expect(settlingWidth(0.04, 0.05)).toBe(0.04);
  expect(settlingWidth(-0.01, 0.05)).toBeCloseTo(0.04, 12);
  expect(settlingWidth(Number.NaN, 0.05)).toBe(0.05);
});
