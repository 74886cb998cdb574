import { expect, test } from "vitest";
import type { Rollup } from "./api/get-rollups.ts";
import { quantile, summarise } from "./summarise.ts";

function rollup(hour: string, over: Partial<Rollup> = {}): Rollup {
  return {
    hour,
    template_id: "t",
    version: 1,
    model: "m",
    requests: 10,
    errors: 1,
    cost_nanousd: 2_000_000_000,
    unpriced: 0,
    prompt_tokens: 100,
    completion_tokens: 50,
    latency_histogram: { "100": 9, "150": 1 },
    ...over,
  };
}
const now = new Date("2026-11-23T12:30:00Z");

test("a day is the sum of its hours, and a day without requests is zero", () => {
  const points = summarise([rollup("2026-11-22T03:00:00Z"), rollup("2026-11-22T20:00:00Z")], 7, now);
  expect(points).toHaveLength(7);
  expect(points.at(-2)).toMatchObject({ requests: 20, errors: 2, cost: 4, tokens: 300 });
  expect(points.at(-1)).toMatchObject({ requests: 0, p50: null });
});

test("a short span is shown by the hour", () => {
  expect(summarise([rollup("2026-11-23T12:00:00Z")], 1, now)).toHaveLength(24);
});

test("quantiles are read off the added histograms", () => {
  expect(
    quantile(
      new Map([
        [100, 9],
        [150, 1],
      ]),
      0.5,
    ),
  ).toBeCloseTo(1.04 ** 100);
  expect(
    quantile(
      new Map([
        [150, 1],
        [100, 9],
      ]),
      0.95,
    ),
  ).toBeCloseTo(1.04 ** 150);
  expect(quantile(new Map(), 0.5)).toBeNull();
});
