import { describe, expect, test } from "vitest";
import { formatWeights, parseWeights } from "./parse-weights.ts";

describe("weights are read as people write them", () => {
  test.each([
    ["60/40", [6000, 4000]],
    ["33/33/34", [3333, 3333, 3334]],
    ["34/33/33", [3334, 3333, 3333]],
    ["50/50", [5000, 5000]],
    ["33.00/33.00/34.00", [3300, 3300, 3400]],
    ["33.33/33.33/33.34", [3333, 3333, 3334]],
    ["14/14/14/14/14/15/15", [1428, 1428, 1428, 1429, 1429, 1429, 1429]],
    ["10/10/10/10/10/10/10/10/10/10", Array(10).fill(1000)],
    ["6000/4000", [6000, 4000]],
    [" 99.5 % / 0.5 % ", [9950, 50]],
  ] as [string, number[]][])("%s is %j basis points", (text, weights) => {
    expect(parseWeights(text)).toEqual({ ok: true, weights });
  });
});

test.each([
  ["60/41", /sum to 100 percent.*sum to 101/],
  ["59.99/40", /sum to 99.99/],
  ["6000/4001", /sum to 10001/],
  ["100", /2 to 10 variants; this names 1/],
  [Array(11).fill("10").join("/"), /names 11/],
  ["100/0", /above zero/],
  ["60/-40", /"-40" is not a weight/],
  ["60/forty", /"forty" is not a weight/],
  ["33.333/66.667", /at most two decimals/],
  ["", /names 1/],
])("%j is refused with a sentence that says what to do", (text, message) => {
  const parsed = parseWeights(text);
  expect(parsed.ok ? "accepted" : parsed.message).toMatch(message);
});

test.each([
  [[6000, 4000], "60/40"],
  [[3333, 3333, 3334], "33/33/34"],
  [[3334, 3333, 3333], "34/33/33"],
  [[1428, 1428, 1428, 1429, 1429, 1429, 1429], "14/14/14/14/14/15/15"],
  [[3300, 3300, 3400], "33.00/33.00/34.00"],
  [[3325, 6675], "33.25/66.75"],
  [[1000, 9000, 0], "10/90/0"],
] as [number[], string][])("%j is shown in the product's own words", (weights, shown) => {
  expect(formatWeights(weights)).toBe(shown);
});

test("what is shown can be read back", () => {
  for (const weights of [
    [6000, 4000],
    [3333, 3333, 3334],
    [50, 9950],
  ]) {
    expect(parseWeights(formatWeights(weights))).toEqual({ ok: true, weights });
  }
});
