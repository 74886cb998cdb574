import { sha256 } from "@noble/hashes/sha2.js";
import { TOTAL_WEIGHT } from "./total-weight.ts";

/** What assignment needs to know of a variant. `weight` is in basis points. */
export type WeightedVariant = { readonly letter: string; readonly weight: number };

const encoder = new TextEncoder();

/**
 * The basis point, 0…9999, on which a unit falls in a test.
 *
 * With `h` the first 8 bytes of SHA-256("{test_id}:{unit}", UTF-8) read as a big-endian integer, the bucket
 * is `h / 2^64` and the slot is `floor(bucket × 10 000)`. A bucket lies below a cumulative weight `c / 10 000`
 * exactly when its slot is below `c`, because `c` is an integer; so comparing slots is comparing buckets
 * without any rounding. The 64-bit number is used in two halves: every product here stays below 2^46,
 * where doubles are exact, and anyone with exact integers gets the same answer.
 *
 * Synchronous on purpose: WebCrypto's digest is not, and this runs once in every request of a test.
 */
export function assignmentSlot(testId: string, unit: string): number {
  const digest = sha256(encoder.encode(`${testId}:${unit}`));
  const view = new DataView(digest.buffer, digest.byteOffset, 8);
  const low = Math.floor((view.getUint32(4) * TOTAL_WEIGHT) / 2 ** 32);
  return Math.floor((view.getUint32(0) * TOTAL_WEIGHT + low) / 2 ** 32);
}

/**
 * The variant a slot belongs to: the first, in order of letters, whose cumulative weight is above the slot.
 * Throws RangeError when the weights are not whole basis points summing to 10 000: the database refuses such
 * a test, so this would be a defect, and sending everybody to the last variant would hide it.
 */
export function variantAtSlot<V extends WeightedVariant>(variants: readonly V[], slot: number): V {
  const ordered = inLetterOrder(variants);
  let chosen: V | undefined;
  let cumulative = 0;
  for (const variant of ordered) {
    if (!Number.isInteger(variant.weight) || variant.weight < 0) {
      throw new RangeError(`The weight of variant ${variant.letter} is not a whole number of basis points.`);
    }
    cumulative += variant.weight;
    if (chosen === undefined && slot < cumulative) chosen = variant;
  }
  if (cumulative !== TOTAL_WEIGHT || chosen === undefined) {
    throw new RangeError(
      `The weights of a test sum to ${TOTAL_WEIGHT} basis points, these to ${cumulative}.`,
    );
  }
  return chosen;
}

/** The variant that a unit gets in a test, the same for ever and everywhere as long as the weights stand. */
export function assignVariant<V extends WeightedVariant>(
  testId: string,
  unit: string,
  variants: readonly V[],
): V {
  return variantAtSlot(variants, assignmentSlot(testId, unit));
}

/** Letters are single capitals, so comparing code units is their order. Sorts only what is out of order. */
function inLetterOrder<V extends WeightedVariant>(variants: readonly V[]): readonly V[] {
  for (let i = 1; i < variants.length; i++) {
    if (variants[i - 1]!.letter >= variants[i]!.letter) {
      return [...variants].sort((a, b) => (a.letter < b.letter ? -1 : 1));
    }
  }
  return variants;
}
