import type { Meter } from "../budgets.ts";

/** JavaScript finds needles up to this length in time linear in the haystack. */
const FAST_NEEDLE = 250;
/** Pairs of units compared per step in the worst case, beyond that. */
const PAIRS_PER_STEP = 8192;

/** Before `indexOf`, `split` or `replaceAll`: their worst case grows with both lengths. */
export function chargeSearch(meter: Meter, haystack: string, needle: string): void {
  meter.walkText(haystack.length);
  if (needle.length > FAST_NEEDLE) chargePairs(meter, haystack, needle);
}

/** Before `lastIndexOf`, which compares the needle at every place. */
export function chargeBackwardSearch(meter: Meter, haystack: string, needle: string): void {
  meter.walkText(haystack.length);
  chargePairs(meter, haystack, needle);
}

function chargePairs(meter: Meter, haystack: string, needle: string): void {
  if (needle.length <= haystack.length)
    meter.spend(Math.floor((haystack.length * needle.length) / PAIRS_PER_STEP));
}
