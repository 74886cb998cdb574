import { expect, test } from "vitest";
import { seriesOf, type TimelineRow } from "./timeline-series.ts";

const minute = (i: number) => new Date(Date.UTC(2026, 10, 25, 10, i)).toISOString();
/** 60 requests a minute that took `latency` on average, give or take 10. */
const row = (variant: string, i: number, latency: number): TimelineRow => ({
  variant,
  at: minute(i),
  step_seconds: 60,
  n: 60,
  errors: 0,
  sums: { latency: { n: 60, sum: 60 * latency, sum_of_squares: 60 * (latency ** 2 + 100) } },
  latency_p95_ms: latency + 15,
});
const rows = [0, 1, 2, 3].flatMap((i) => [row("A", i, 100), row("B", i, 80)]);

test("each variant has a value per span of time, and none where it has no requests", () => {
  const points = seriesOf([...rows, row("A", 4, 90)], "latency_p95");
  expect(points[0]).toEqual({ at: Date.parse(minute(0)), A: 115, B: 95 });
  expect(points.at(-1)).toEqual({ at: Date.parse(minute(4)), A: 105 });
  expect(seriesOf(rows, "cost")[0]).toMatchObject({ A: null, B: null });
});
