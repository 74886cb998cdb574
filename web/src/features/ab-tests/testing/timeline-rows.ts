import type { TimelineRow } from "../timeline-series.ts";

/** A minute of one hour. */
export const minute = (i: number) => new Date(Date.UTC(2026, 10, 25, 10, i)).toISOString();
/** 60 requests a minute that took `latency` on average, give or take 10. */
export const timelineRow = (variant: string, i: number, latency: number): TimelineRow => ({
  variant,
  at: minute(i),
  step_seconds: 60,
  n: 60,
  errors: 0,
  sums: { latency: { n: 60, sum: 60 * latency, sum_of_squares: 60 * (latency ** 2 + 100) } },
  latency_p95_ms: latency + 15,
});
export const timelineRows = [0, 1, 2, 3].flatMap((i) => [timelineRow("A", i, 100), timelineRow("B", i, 80)]);
