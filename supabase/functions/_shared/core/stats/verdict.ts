import type { Comparison } from "./compare-estimates.ts";

/** What can be said of a variant against the control. */
export type VerdictKind = "blocked" | "not_enough_data" | "no_difference" | "better" | "worse";

export type Verdict = {
  readonly kind: VerdictKind;
  /** The verdict in words, such as `B better by 3.1 % – 8.2 %`. */
  readonly sentence: string;
  /** With `not_enough_data`: about how many more units it takes. Null when nobody can tell yet. */
  readonly unitsNeeded: number | null;
};

export type VerdictInput = {
  /** The variant's letter. */
  readonly letter: string;
  /** The difference or lift that is judged; negative means the variant has less. */
  readonly comparison: Comparison;
  readonly higherIsBetter: boolean;
  /** The smallest difference worth finding, in the comparison's unit. */
  readonly smallestEffect: number;
  /** How many units it still takes to settle the matter; asked only when it is not settled. */
  readonly unitsNeeded: number;
  /** True when the traffic is not split as the weights say, which no comparison survives. */
  readonly splitIsWrong: boolean;
  /** Writes an amount of the comparison's unit, such as `3.1 %`. Never given a negative number. */
  readonly format: (amount: number) => string;
};

/**
 * Says in one sentence what the data say.
 *
 * Better or worse as soon as the interval excludes zero; no difference worth the name once it lies within
 * ± the smallest effect. Since the interval holds at every look, so does the sentence: it may be read and acted
 * on at any moment.
 */
export function verdict(input: VerdictInput): Verdict {
  const { letter, comparison, smallestEffect, format } = input;
  const { low, high } = comparison.interval;
  if (input.splitIsWrong) {
    return say("blocked", "no conclusion: traffic is not split as the weights say");
  }
  // From here on `gain` counts upwards for the better, whichever way the metric points.
  const gain = input.higherIsBetter ? { low, high } : { low: -high, high: -low };
  if (gain.low > 0) return say("better", `${letter} better by ${range(gain.low, gain.high, format)}`);
  if (gain.high < 0) return say("worse", `${letter} worse by ${range(-gain.high, -gain.low, format)}`);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (largest <= smallestEffect) return say("no_difference", `no difference larger than ${format(largest)}`);
  if (!Number.isFinite(input.unitsNeeded)) return say("not_enough_data", "not enough data");
  const more = roundForReading(input.unitsNeeded);
  return {
    kind: "not_enough_data",
    sentence: `not enough data (needs about ${more.toLocaleString("en-US")} more)`,
    unitsNeeded: more,
  };
}

/**
 * The half-width at which a comparison will be settled one way or the other, if the estimate stays where it
 * is: either the interval excludes zero, or it fits within ± the smallest effect, whichever comes first.
 */
export function settlingWidth(estimate: number, smallestEffect: number): number {
  const distance = Number.isFinite(estimate) ? Math.abs(estimate) : 0;
  return Math.max(distance, smallestEffect - distance);
}

function say(kind: VerdictKind, sentence: string): Verdict {
  return { kind, sentence, unitsNeeded: null };
}

function range(from: number, to: number, format: (amount: number) => string): string {
  if (!Number.isFinite(to)) return `at least ${format(from)}`;
  const [low, high] = [format(from), format(to)];
  return low === high ? low : `${low} – ${high}`;
}

/** Two figures: the estimate deserves no more. */
function roundForReading(units: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, units))) - 1);
  return Math.max(1, Math.ceil(units / step) * step);
}
