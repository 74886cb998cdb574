import { differenceSequence, liftSequence } from "../compare-estimates.ts";
import { type Estimate, meanEstimate, rateEstimate } from "../estimate.ts";
import type { SequenceOptions } from "../normal-mixture.ts";
import { normalFrom, seededRandom } from "./random.ts";

/** A test that is watched: after every single request somebody looks, and stops at the first conclusion. */
export type WatchedTest = {
  readonly requests: number;
  /** The variant's share of traffic. */
  readonly share: number;
  readonly options: SequenceOptions;
  /** Values are 0 or 1. */
  readonly rate?: boolean;
  /** One value of the metric. */
  readonly draw: (arm: "control" | "variant", uniform: () => number, normal: () => number) => number;
};

/** The share of `runs` repetitions in which the interval of the lift ever excluded zero. */
export function shareConcluded(runs: number, watched: WatchedTest): number {
  let concluded = 0;
  for (let run = 0; run < runs; run++) if (concludes(run, watched)) concluded++;
  return concluded / runs;
}

function concludes(seed: number, { requests, share, options, rate, draw }: WatchedTest): boolean {
  const uniform = seededRandom(1000 + seed * 7919);
  const normal = normalFrom(uniform);
  const control = new Arm(rate ?? false);
  const variant = new Arm(rate ?? false);
  for (let i = 0; i < requests; i++) {
    if (uniform() < share) variant.add(draw("variant", uniform, normal));
    else control.add(draw("control", uniform, normal));
    const compare = control.sum > 0 && variant.sum > 0 ? liftSequence : differenceSequence;
    const { low, high } = compare(control.estimate(), variant.estimate(), options).interval;
    if (low > 0 || high < 0) return true;
  }
  return false;
}

class Arm {
  n = 0;
  sum = 0;
  sumOfSquares = 0;
  readonly rate: boolean;

  constructor(rate: boolean) {
    this.rate = rate;
  }

  add(value: number): void {
    this.n += 1;
    this.sum += value;
    this.sumOfSquares += value * value;
  }

  estimate(): Estimate {
    return this.rate ? rateEstimate(this.sum, this.n) : meanEstimate(this);
  }
}
