/** Weights are basis points: hundredths of a percent, summing to this over the variants of one test. */
export const TOTAL_WEIGHT = 10_000;
