import { gistOf } from "../text/repeated-sentences.ts";
import type { Claim } from "./claims.ts";

interface Said {
  readonly claim: Claim;
  readonly sentence: string;
}

/** Demands that say the same whatever else is said: how long, in which tone, how many. */
export function isComparable({ kind, subject }: Claim): boolean {
  return kind === "amount" || subject === "length" || subject === "tone";
}

/**
 * Whether a sentence demands what an earlier one does: the same manner, or an amount the earlier one has settled.
 * Amounts may be of different parts ("one sentence of advice"), so the rest of the words must be alike too.
 */
export function saysAgain(earlier: Said, later: Said): boolean {
  const [a, b] = [earlier.claim, later.claim];
  if (a.subject !== b.subject) return false;
  if (a.kind === "choice" && b.kind === "choice") return isComparable(a) && a.value === b.value;
  if (a.kind !== "amount" || b.kind !== "amount" || b.min > a.min || b.max < a.max) return false;
  return sharedWords(earlier.sentence, later.sentence) >= ALIKE;
}

const ALIKE = 0.6;

function sharedWords(a: string, b: string): number {
  const [one, other] = [gistOf(a).words, gistOf(b).words];
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(1, Math.min(one.size, other.size));
}
