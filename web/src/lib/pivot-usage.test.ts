import { expect, test } from "vitest";
import { partsOf, pivot } from "./pivot-usage.ts";
import type { Usage } from "./queries/get-usage.ts";

function usage(over: Partial<Usage>): Usage {
  return {
    scope: "point",
    at: null,
    part: "a",
    requests: 10,
    errors: 1,
    cost_nanousd: 2000,
    unpriced: 0,
    prompt_tokens: 100,
    completion_tokens: 50,
    latency_p50_ms: 120,
    latency_p95_ms: 480,
    ...over,
  };
}
const now = Date.parse("2026-11-23T12:30:00Z");
const rows = [
  usage({ scope: "part", part: "other" }),
  usage({ scope: "part", part: "a" }),
  usage({ at: "2026-11-22T00:00:00+00:00" }),
  usage({ at: "2026-11-23T00:00:00+00:00", part: "other", requests: 4 }),
];

test("a day without requests is zero requests and an unknown latency", () => {
  const requests = pivot(rows, "requests", 7, now);
  expect(requests.map(({ at }) => String(at).slice(8, 10))).toEqual([
    "17",
    "18",
    "19",
    "20",
    "21",
    "22",
    "23",
  ]);
  expect(requests.slice(-2)).toMatchObject([
    { a: 10, other: 0 },
    { a: 0, other: 4 },
  ]);
  expect(pivot(rows, "p95", 7, now).slice(-2)).toMatchObject([
    { a: 480, other: null },
    { a: null, other: 480 },
  ]);
});

test("a share is of its own requests, tokens are those in and out", () => {
  expect(pivot(rows, "failed", 7, now).at(-2)).toMatchObject({ a: 0.1 });
  expect(pivot(rows, "tokens", 7, now).at(-2)).toMatchObject({ a: 150 });
});

test("a short time is shown by the hour", () => {
  expect(pivot(rows, "requests", 1, now)).toHaveLength(24);
});

test("the rest stands last, whatever its size", () => {
  expect(partsOf(rows)).toEqual(["a", "other"]);
});
