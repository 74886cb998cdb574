import type { Metric } from "@core/ab/metrics.ts";
import { count, dollars, milliseconds, percent } from "../../lib/format.ts";

/** A metric's value with its unit, as in every table and chart of a test; "–" while there is none. */
export function metricValue(metric: Metric, value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  switch (metric) {
    case "cost":
      return dollars(value);
    case "latency":
    case "latency_p95":
      return milliseconds(value);
    case "error_rate":
      return percent(value);
    case "quality":
      return value.toFixed(3);
    default:
      return count(Math.round(value));
  }
}
