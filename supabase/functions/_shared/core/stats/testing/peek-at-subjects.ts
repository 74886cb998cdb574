import { liftSequence } from "../compare-estimates.ts";
import { type Estimate, ratioEstimate } from "../estimate.ts";
import type { SequenceOptions } from "../normal-mixture.ts";
import { normalFrom, seededRandom } from "./random.ts";

/** A test by subject that is watched after every request, and stopped at the first conclusion. */
export type WatchedSubjects = {
  readonly requests: number;
  readonly options: SequenceOptions;
  /** The chance that a request comes from somebody new… */
  readonly newcomers: number;
  /** …until this many have come. */
  readonly most?: number;
  /** Who comes back: anybody alike, or those the more who have come the more (Yule's process: few make most requests). */
  readonly return: "alike" | "often";
  /** How much of a value's variance is the subject's own, 0 to 1: requests of one subject correlate as much. */
  readonly correlation: number;
  /** What the variant multiplies values by; 1 when there is no difference. */
  readonly effect?: number;
  /** Values are log-normal with this deviation of the logarithm; more is more skewed. */
  readonly deviation?: number;
};

type Subject = { requests: number; total: number; readonly own: number; readonly isVariant: boolean };

/** The share of `runs` repetitions in which the interval of the lift ever excluded zero. */
export function shareConcludedBySubject(runs: number, watched: WatchedSubjects): number {
  let concluded = 0;
  for (let run = 0; run < runs; run++) if (concludes(run, watched)) concluded++;
  return concluded / runs;
}

function concludes(seed: number, watched: WatchedSubjects): boolean {
  const uniform = seededRandom(1000 + seed * 7919);
  const normal = normalFrom(uniform);
  const { correlation, effect = 1, deviation = 0.5 } = watched;
  const subjects: Subject[] = [];
  const visits: Subject[] = [];
  const [control, variant] = [new Arm(), new Arm()];
  for (let i = 0; i < watched.requests; i++) {
    const isNew =
      subjects.length < (watched.most ?? Number.POSITIVE_INFINITY) && uniform() < watched.newcomers;
    const known = watched.return === "often" ? visits : subjects;
    const subject =
      isNew || subjects.length === 0
        ? { requests: 0, total: 0, own: normal(), isVariant: uniform() < 0.5 }
        : known[Math.floor(uniform() * known.length)]!;
    if (subject.requests === 0) subjects.push(subject);
    visits.push(subject);
    const log = Math.sqrt(correlation) * subject.own + Math.sqrt(1 - correlation) * normal();
    const value = Math.exp(deviation * log) * (subject.isVariant ? effect : 1);
    (subject.isVariant ? variant : control).add(subject, value);
    const { low, high } = liftSequence(control.estimate(), variant.estimate(), watched.options).interval;
    if (low > 0 || high < 0) return true;
  }
  return false;
}

class Arm {
  n = 0;
  sumX = 0;
  sumY = 0;
  sumXX = 0;
  sumYY = 0;
  sumXY = 0;
  sumOfSquares = 0;

  add(subject: Subject, value: number): void {
    if (subject.requests === 0) this.n += 1;
    this.sumXX += 2 * subject.requests + 1;
    this.sumYY += 2 * subject.total * value + value ** 2;
    this.sumXY += subject.requests * value + subject.total + value;
    this.sumX += 1;
    this.sumY += value;
    this.sumOfSquares += value ** 2;
    subject.requests += 1;
    subject.total += value;
  }

  estimate(): Estimate {
    return ratioEstimate(this);
  }
}
