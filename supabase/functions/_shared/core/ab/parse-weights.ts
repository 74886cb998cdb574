import { TOTAL_WEIGHT } from "./total-weight.ts";

/** A test has two to ten variants, lettered A to J; A is the control. */
export const MIN_VARIANTS = 2;
export const MAX_VARIANTS = 10;

/** The answer of `parseWeights`: basis points in the order written, or a sentence that says what to do. */
export type ParsedWeights =
  | { readonly ok: true; readonly weights: readonly number[] }
  | { readonly ok: false; readonly message: string };

/**
 * Reads weights as people write them and gives basis points that sum to 10 000.
 *
 * - `60/40`: percents. They sum to 100 and may have two decimals (`33.25/66.75`).
 * - `33/33/34`: whole percents that are an even split as nearly as whole percents can say it. The even split
 *   is meant, so this is 3333/3333/3334. Who really wants 33.00 % writes `33.00/33.00/34.00`.
 * - `6000/4000`: basis points, taken as they are.
 *
 * Every variant needs a weight above zero: one that is never served cannot be measured.
 */
export function parseWeights(text: string): ParsedWeights {
  const parts = text.split("/").map((part) => part.trim().replace(/\s*%$/, ""));
  if (parts.length < MIN_VARIANTS || parts.length > MAX_VARIANTS) {
    return refuse(`A test has ${MIN_VARIANTS} to ${MAX_VARIANTS} variants; this names ${parts.length}.`);
  }
  const strange = parts.find((part) => !/^\d{1,5}(\.\d{1,2})?$/.test(part));
  if (strange !== undefined) {
    return refuse(`"${strange}" is not a weight. Write percents such as 60/40, with at most two decimals.`);
  }
  // Hundredths are whole numbers, so sums are exact: 0.1 + 0.2 never enters.
  const hundredths = parts.map((part) => Math.round(Number(part) * 100));
  if (hundredths.some((value) => value === 0)) return refuse("Every variant needs a weight above zero.");

  const sum = hundredths.reduce((total, value) => total + value, 0);
  const wholeNumbers = parts.every((part) => !part.includes("."));
  if (sum === TOTAL_WEIGHT) {
    const percents = hundredths.map((value) => value / 100);
    return { ok: true, weights: (wholeNumbers && evenSplit(percents)) || hundredths };
  }
  if (sum === TOTAL_WEIGHT * 100 && wholeNumbers) return { ok: true, weights: parts.map(Number) };
  return refuse(`Weights sum to 100 percent (or ${TOTAL_WEIGHT} basis points); these sum to ${sum / 100}.`);
}

/**
 * Basis points as people write them, in the shortest form that `parseWeights` reads back: `60/40`, `33/33/34`,
 * `33.25/66.75`, and `33.00/33.00/34.00` for what only looks like thirds.
 */
export function formatWeights(weights: readonly number[]): string {
  const plain = weights.map((weight) => String(weight / 100)).join("/");
  const forms = [
    wholePercents(weights).join("/"),
    plain,
    weights.map((weight) => (weight / 100).toFixed(2)).join("/"),
  ];
  const readsBack = (form: string) => {
    const read = parseWeights(form);
    return read.ok && read.weights.every((weight, i) => weight === weights[i]);
  };
  // Weights of 0, for variants that are left out of a phase, cannot be read: they are shown as they are.
  return forms.find(readsBack) ?? plain;
}

/** Whole percents that sum as the weights do; what rounding down leaves goes to the largest rests, then to the last. */
function wholePercents(weights: readonly number[]): number[] {
  const percents = weights.map((weight) => Math.floor(weight / 100));
  const total = Math.round(weights.reduce((sum, weight) => sum + weight, 0) / 100);
  const left = total - percents.reduce((sum, percent) => sum + percent, 0);
  const byRest = weights.map((_, i) => i).sort((a, b) => (weights[b]! % 100) - (weights[a]! % 100) || b - a);
  for (const i of byRest.slice(0, left)) percents[i]! += 1;
  return percents;
}

/**
 * The even split in basis points if these whole percents are its rounding, else null. What 10 000 leaves
 * over goes to the variants that were rounded up, then to the last ones.
 */
function evenSplit(percents: readonly number[]): number[] | null {
  const count = percents.length;
  const floor = Math.floor(100 / count);
  if (percents.some((percent) => percent !== floor && percent !== floor + 1)) return null;
  const split = percents.map(() => Math.floor(TOTAL_WEIGHT / count));
  const byClaim = percents.map((_, i) => i).sort((a, b) => percents[b]! - percents[a]! || b - a);
  for (const i of byClaim.slice(0, TOTAL_WEIGHT % count)) split[i]! += 1;
  return split;
}

function refuse(message: string): ParsedWeights {
  return { ok: false, message };
}
