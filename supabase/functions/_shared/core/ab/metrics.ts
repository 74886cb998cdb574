import {
  type Estimate,
  meanEstimate,
  type PairSums,
  rateEstimate,
  rateOverSubjects,
  ratioEstimate,
  type Sums,
} from "../stats/estimate.ts";

/** What can decide a test. */
export const PRIMARY_METRICS = ["quality", "error_rate", "cost", "latency", "tokens"] as const;
export type PrimaryMetric = (typeof PRIMARY_METRICS)[number];

/** What is compared: means of these, and the 95th percentile of latency. */
export type Metric = PrimaryMetric | "latency_p95";

export type MetricFacts = {
  readonly label: string;
  readonly higherIsBetter: boolean;
  /** `rate`: 0…1 by counting. `score`: 0…1 by judgement. Else an amount in this unit. */
  readonly unit: "rate" | "score" | "nanousd" | "ms" | "tokens";
};

export const METRICS: Readonly<Record<Metric, MetricFacts>> = {
  quality: { label: "Quality", higherIsBetter: true, unit: "score" },
  error_rate: { label: "Error rate", higherIsBetter: false, unit: "rate" },
  cost: { label: "Cost per request", higherIsBetter: false, unit: "nanousd" },
  latency: { label: "Latency", higherIsBetter: false, unit: "ms" },
  latency_p95: { label: "Latency p95", higherIsBetter: false, unit: "ms" },
  tokens: { label: "Tokens per request", higherIsBetter: false, unit: "tokens" },
};

/** Three sums as the database's reports hold them. */
export type ReportedSums = { readonly n: number; readonly sum: number; readonly sum_of_squares: number };

/** Sums over subjects: x is a subject's number of values, y their total. Squares are those of the single values. */
export type ReportedPairSums = {
  readonly n: number;
  readonly sum_x: number;
  readonly sum_y: number;
  readonly sum_xx: number;
  readonly sum_yy: number;
  readonly sum_xy: number;
  readonly sum_of_squares: number;
};

/** The mean of a metric over requests, every request being a unit of its own. */
export function requestEstimate(metric: PrimaryMetric, reported: ReportedSums | undefined): Estimate {
  const sums: Sums = {
    n: reported?.n ?? 0,
    sum: reported?.sum ?? 0,
    sumOfSquares: reported?.sum_of_squares ?? 0,
  };
  return metric === "error_rate" ? rateEstimate(sums.sum, sums.n) : meanEstimate(sums);
}

/** The mean of a metric over requests, the subjects they come from being the units. */
export function subjectEstimate(metric: PrimaryMetric, reported: ReportedPairSums | undefined): Estimate {
  const sums: PairSums = {
    n: reported?.n ?? 0,
    sumX: reported?.sum_x ?? 0,
    sumY: reported?.sum_y ?? 0,
    sumXX: reported?.sum_xx ?? 0,
    sumYY: reported?.sum_yy ?? 0,
    sumXY: reported?.sum_xy ?? 0,
    sumOfSquares: reported?.sum_of_squares ?? 0,
  };
  return metric === "error_rate" ? rateOverSubjects(sums) : ratioEstimate(sums);
}
