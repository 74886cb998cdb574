import { gistOf } from "../../text/repeated-sentences.ts";
import type { Comparison } from "./breach.ts";
import { NUMBER, sameNumber } from "./numbers.ts";
import type { Region } from "./regions.ts";

/** What a number means where it stands: the most, the least or just so many, and of what. */
interface Bound {
  readonly number: string;
  readonly kind: "most" | "least" | "none";
  /** The word behind it; empty where that is none that tells anything. */
  readonly unit: string;
  /** The telling words of its sentence. */
  readonly words: ReadonlySet<string>;
  readonly text: string;
}

const MOST_BEFORE =
  /\b(?:at most|(?:no|not) (?:more|longer|greater) than|up to|under|below|fewer than|less than|shorter than|maximum|max|within|limit(?:ed)?|not exceed(?:ing)?|(?:do not|don't|never|cannot|must not) (?:\w+ ){0,3}(?:more than|over|exceed|above))(?: \w+){0,2}\W*$/i;
const MOST_BEHIND = /^(?:\W*\w+){0,2}\W*\b(?:or (?:fewer|less|shorter)|at most|max(?:imum)?|limit|tops)\b/i;
const LEAST_BEFORE =
  /\b(?:at least|(?:no|not) (?:fewer|less) than|more than|over|above|minimum|min|exceed(?:s|ing)?)(?: \w+){0,2}\W*$/i;
const LEAST_BEHIND = /^(?:\W*\w+){0,2}\W*\b(?:or more|at least|minimum|or longer)\b/i;

function boundsOf(sentence: string): Bound[] {
  const { words } = gistOf(sentence);
  return [...sentence.matchAll(NUMBER)].map((match) => {
    const before = sentence.slice(Math.max(0, match.index - 60), match.index);
    const behind = sentence.slice(match.index + match[0].length, match.index + match[0].length + 40);
    const most = MOST_BEFORE.test(before) || MOST_BEHIND.test(behind);
    const least = LEAST_BEFORE.test(before) || LEAST_BEHIND.test(behind);
    const next = /^[\s-]*(\p{L}+)/u.exec(behind)?.[1] ?? "";
    const [unit = ""] = gistOf(next).words;
    return {
      number: sameNumber(match[0]),
      kind: most ? "most" : least ? "least" : "none",
      unit,
      words,
      text: match[0] + behind.slice(0, 20).trimEnd(),
    };
  });
}

function stands(old: Bound, now: Bound): boolean {
  return now.number === old.number && now.kind === old.kind && (old.unit === "" || now.words.has(old.unit));
}

/** "At most 50 words" is not "at least 50 words", and not "at most 50 pages". */
export const compareBounds: Comparison<Region> = (before, after, where) => {
  const now = after.sentences.flatMap(boundsOf);
  return before.sentences
    .flatMap(boundsOf)
    .filter((old) => now.some(({ number }) => number === old.number) && !now.some((one) => stands(old, one)))
    .map((old) => ({
      code: "number_lost",
      message: `Keep what “${old.text}” of ${where} is: the most, the least or just so many, and of what.`,
    }));
};
