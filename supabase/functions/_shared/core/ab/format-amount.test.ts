import { expect, test } from "vitest";
import { formatAmount, formatShare } from "./format-amount.ts";

test("shares keep a figure worth reading", () => {
  expect([0.031, 0.0042, 1.5].map(formatShare)).toEqual(["3.1 %", "0.42 %", "150.0 %"]);
});

test("amounts carry their unit; rates differ by points, money by dollars", () => {
  expect(formatAmount(0.012, "rate")).toBe("1.20 points");
  expect(formatAmount(4_200_000, "nanousd")).toBe("$0.0042");
  expect(formatAmount(12, "nanousd")).toBe("$0.000000012");
  expect(formatAmount(1234.5, "ms")).toBe("1,230 ms");
  expect(formatAmount(34.2, "tokens")).toBe("34.2 tokens");
});
