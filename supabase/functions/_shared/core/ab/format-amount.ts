import type { MetricFacts } from "./metrics.ts";

/** A share as a percentage with one decimal, two below one percent: `3.1 %`, `0.42 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent.toFixed(Math.abs(percent) < 1 ? 2 : 1)} %`;
}

/** An amount of a metric with its unit: `1.20 points`, `$0.0042`, `120 ms`, `34 tokens`. */
export function formatAmount(amount: number, unit: MetricFacts["unit"]): string {
  switch (unit) {
    case "rate":
    case "score":
      // Points of a percentage, not a percentage: a rate that falls from 10 % to 5 % loses 5 points and 50 %.
      return `${(amount * 100).toFixed(2)} points`;
    case "nanousd":
      return `$${significant(amount / 1e9)}`;
    default:
      return `${significant(amount)} ${unit}`;
  }
}

/** Three figures, never in scientific notation. */
function significant(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
