import { canMeet } from "./literal-text.ts";
import type { Sentence } from "./sentences.ts";

/** Words that carry no instruction of their own; without them a polite and a plain wording compare equal. */
const STOP_WORDS = new Set(
  (
    "a an the this that these those it its is are be been being was were to of in on at by for from with as and or so " +
    "you your yours we our us i me my they their them he she his her please kindly do does make sure ensure remember note " +
    "that should must will would can could shall have has do does need needs want always just very really also then " +
    "any all every each always when while than into about up out there here"
  ).split(" "),
);

const NEGATION =
  /\b(?:not|never|no|without|avoid|don't|doesn't|cannot|can't|won't|refrain|neither|nor|nothing)\b/i;

/** Words that an instruction may swap without changing what it asks. */
const SAME = new Map([
  ["solely", "only"],
  ["alone", "only"],
  ["exclusively", "only"],
  ["invent", "make"],
  ["fabricate", "make"],
  ["remain", "stay"],
  ["reply", "answer"],
  ["respond", "answer"],
  ["replies", "answer"],
  ["responses", "answer"],
]);

/** What of a sentence decides whether another says the same. */
export interface SentenceGist {
  readonly words: ReadonlySet<string>;
  readonly negated: boolean;
  readonly numbers: string;
}

export function gistOf(text: string): SentenceGist {
  const plain = text.toLowerCase().replaceAll("’", "'");
  const words = plain.match(/[\p{L}][\p{L}'-]*/gu) ?? [];
  const kept = words
    .filter((word) => !STOP_WORDS.has(word) && !NEGATION.test(word) && !/^x{4,}$/.test(word))
    .map((w) => SAME.get(w) ?? stem(w));
  return {
    words: new Set(kept),
    negated: NEGATION.test(plain),
    numbers: (plain.match(/\d+(?:[.,]\d+)*/g) ?? []).sort().join(" "),
  };
}

/** A light stemmer: "answers", "answered" and "answering" are one word. A wrong stem is only compared with other stems. */
function stem(word: string): string {
  const singular = word.replace(/'s$/, "").replace(/ies$/, "y");
  // Twice, because endings come in pairs: "polite-ly" and "polit-e" meet at "polit".
  return cutEnding(cutEnding(singular));
}

function cutEnding(word: string): string {
  return word.length <= 4 ? word : word.replace(/(?:ing|ed|es|s|ly|e)$/, "");
}

/** Shared words as a share of all words of both (Jaccard), 0 to 1; 0 when they differ in negation or numbers. */
function likeness(a: SentenceGist, b: SentenceGist): number {
  if (a.negated !== b.negated || a.numbers !== b.numbers) return 0;
  let shared = 0;
  for (const word of a.words) if (b.words.has(word)) shared++;
  const all = a.words.size + b.words.size - shared;
  return all === 0 ? 0 : shared / all;
}

export interface Repetition<T extends Sentence> {
  readonly first: T;
  readonly again: T;
  readonly likeness: number;
}

/** Fewer telling words than this repeat by chance ("Answer:" twice in a prompt is no repeated instruction). */
const FEWEST_WORDS = 2;
const SAME_FROM = 0.7;
/** One sentence that holds all words of another repeats it from here on: it adds little. */
const HOLDS_FROM = 0.6;
/** Past this many sentences the comparison of each with each is no longer worth its time. */
const MOST_SENTENCES = 400;

/** Sentences that say again what an earlier one said, each paired with the earliest it repeats. */
export function findRepetitions<T extends Sentence>(
  sentences: readonly T[],
  canBothHold: (a: T, b: T) => boolean = (a, b) => canMeet(a.branches, b.branches),
): Repetition<T>[] {
  const found: Repetition<T>[] = [];
  const seen: { sentence: T; gist: SentenceGist }[] = [];
  for (const sentence of sentences.slice(0, MOST_SENTENCES)) {
    if (sentence.sample || sentence.kind === "heading") continue;
    const gist = gistOf(sentence.text);
    // "Do not speculate" has one telling word, but its negation makes it an instruction all the same.
    if (gist.words.size < (gist.negated ? 1 : FEWEST_WORDS)) continue;
    const twin = seen
      .map((earlier) => ({ ...earlier, score: likeness(earlier.gist, gist) }))
      .find(
        (earlier) => repeats(earlier.gist, gist, earlier.score) && canBothHold(earlier.sentence, sentence),
      );
    if (twin) found.push({ first: twin.sentence, again: sentence, likeness: twin.score });
    else seen.push({ sentence, gist });
  }
  return found;
}

function repeats(a: SentenceGist, b: SentenceGist, score: number): boolean {
  if (score >= SAME_FROM) return true;
  const [small, large] = a.words.size <= b.words.size ? [a, b] : [b, a];
  return (
    score >= HOLDS_FROM &&
    small.words.size >= FEWEST_WORDS &&
    [...small.words].every((w) => large.words.has(w))
  );
}
