import { expect, test } from "vitest";
import { minute, timelineRow, timelineRows } from "./testing/timeline-rows.ts";
import { seriesOf } from "./timeline-series.ts";

test("each variant has a value per span of time, and none where it has no requests", () => {
  const points = seriesOf([...timelineRows, timelineRow("A", 4, 90)], "latency_p95");
  expect(points[0]).toEqual({ at: Date.parse(minute(0)), A: 115, B: 95 });
  expect(points.at(-1)).toEqual({ at: Date.parse(minute(4)), A: 105 });
  expect(seriesOf(timelineRows, "cost")[0]).toMatchObject({ A: null, B: null });
});
