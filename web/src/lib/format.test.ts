import { describe, expect, test } from "vitest";
import {
  basisPoints,
  dollars,
  exactDollars,
  milliseconds,
  plural,
  relativeTime,
  sentence,
} from "./format.ts";

describe("dollars", () => {
  test.each([
    [5_000_000_000, "$5.00"],
    [123_456_000_000, "$123.46"],
    [12_345, "$0.000012"],
    [1, "$0.000000001"],
    [0, "$0.00"],
    [-2_500_000_000, "−$2.50"],
    [45_000_000, "$0.045"],
    [50_000_000, "$0.050"],
    [99_600_000, "$0.10"],
    [49_000, "$0.000049"],
    [50_000, "$0.000050"],
  ])("%d nano-dollars reads %s", (nano, text) => expect(dollars(nano)).toBe(text));

  test("an unknown price is said, never shown as free", () => expect(dollars(null)).toBe("unknown"));
});

test.each([
  [0.42, "0.4 ms"],
  [812.4, "812 ms"],
  [1540, "1.54 s"],
  [90_000, "1.5 min"],
])("%d ms reads %s", (value, text) => expect(milliseconds(value)).toBe(text));

test.each([
  [6000, "60 %"],
  [3333, "33.33 %"],
])("%d basis points read %s", (value, text) => expect(basisPoints(value)).toBe(text));

test("one is singular", () => {
  expect(plural(1, "entry", "entries")).toBe("1 entry");
  expect(plural(1200, "version")).toBe("1,200 versions");
});

describe("relativeTime", () => {
  const now = new Date("2026-11-23T12:00:00Z");
  test.each([
    ["2026-11-23T11:59:58Z", "just now"],
    ["2026-11-23T11:59:30Z", "30 seconds ago"],
    ["2026-11-23T11:57:00Z", "3 minutes ago"],
    ["2026-11-22T11:00:00Z", "yesterday"],
    ["2026-11-25T12:00:00Z", "in 2 days"],
  ])("%s is %s", (at, text) => expect(relativeTime(new Date(at), now)).toBe(text));
});

test("a balance shows what a single request takes from it", () => {
  expect(exactDollars(5_000_000_000)).toBe("$5.00");
  expect(exactDollars(4_999_613_000)).toBe("$4.999613");
  expect(exactDollars(-1_500_000)).toBe("−$0.0015");
});

test("a price is exact: half a cent more is not rounded away", () => {
  expect(exactDollars(125_000_000)).toBe("$0.125");
});

test("what is followed by more words ends as a sentence does", () => {
  expect(sentence("unexpected '}'")).toBe("unexpected '}'.");
  expect(sentence("Give a value for each.")).toBe("Give a value for each.");
});
