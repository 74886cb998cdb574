import { expect, test } from "vitest";
import { nanoDollars } from "./nano-dollars.ts";

test.each([
  ["5", 5_000_000_000],
  ["0", 0],
  ["12.50", 12_500_000_000],
  ["$1,250.1", 1_250_100_000_000],
  ["0.1", 100_000_000],
  ["0.000000001", 1],
  ["4.35", 4_350_000_000],
  [" 7. ", 7_000_000_000],
])("%s dollars are exactly %i nano-dollars", (text, nano) => expect(nanoDollars(text)).toBe(nano));

test.each(["", "five", "-1", "1.0000000001", "1e3", ".5", "9999999.999999999"])(
  "%j is not an amount",
  (text) => expect(nanoDollars(text)).toBeNull(),
);
