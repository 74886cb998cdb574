import { expect, test } from "vitest";
import { budgetError, limitsOf, noLimits } from "./limits.ts";

test("a key is not limited unless somebody asks for it", () => {
  expect(Object.values(limitsOf(noLimits))).toEqual([null, null, null, null, null]);
});

test("a budget is typed in dollars and sent in whole nano-dollars", () => {
  expect(limitsOf({ ...noLimits, budget: "0.07" }).monthly_budget_nanousd).toBe(70_000_000);
  expect(budgetError({ ...noLimits, budget: "0.07" })).toBeUndefined();
  expect(budgetError({ ...noLimits, budget: "seven" })).toMatch(/dollars/);
});

test("a key expires so many days from now, or with the end of a day", () => {
  const now = Date.parse("2030-01-01T12:00:00Z");
  expect(limitsOf({ ...noLimits, expiry: "30" }, now).expires_at).toBe("2030-01-31T12:00:00.000Z");
  const { expires_at } = limitsOf({ ...noLimits, expiry: "date", lastDay: "2030-02-28" }, now);
  expect(new Date(expires_at ?? "").getTime()).toBe(new Date(2030, 2, 1).getTime());
});
