import { gistOf } from "../../text/repeated-sentences.ts";
import type { Comparison } from "./breach.ts";

const NUMBERED = /^[ \t]*\(?\d{1,3}[.)][ \t]+(.+)$/gm;
const FOLLOWING = /^(?:then|next|after that|afterwards|finally|lastly|second(?:ly)?|third(?:ly)?)\b/i;
/** How much of a step's telling words a sentence must hold to be that step. */
const SAME_STEP_FROM = 0.5;

/** Steps in their order: numbered ones, else sentences that say that they follow one another. */
function stepsOf(source: string, sentences: readonly string[]): string[] {
  const numbered = [...source.matchAll(NUMBERED)].map(([, text]) => text ?? "");
  if (numbered.length > 1) return numbered;
  const first = sentences.findIndex((sentence) => FOLLOWING.test(sentence));
  if (first < 1) return [];
  return sentences.filter((sentence, place) => place === first - 1 || FOLLOWING.test(sentence));
}

/** Steps keep their order: what comes first is done first. */
export const compareOrder: Comparison<{ readonly source: string; readonly sentences: readonly string[] }> = (
  before,
  after,
  where,
) => {
  const now = after.sentences.map((sentence) => gistOf(sentence).words);
  const places = stepsOf(before.source, before.sentences).flatMap((step) => {
    const words = [...gistOf(step).words];
    const shares = now.map((other) => words.filter((word) => other.has(word)).length / words.length);
    const best = Math.max(0, ...shares);
    return words.length > 0 && best >= SAME_STEP_FROM ? [shares.indexOf(best)] : [];
  });
  const inOrder = places.every((place, index) => index === 0 || (places[index - 1] ?? 0) <= place);
  return inOrder ? [] : [{ code: "order_changed", message: `Keep the steps of ${where} in their order.` }];
};
