import { type BranchStep, readLiteralText } from "../../text/literal-text.ts";
import { splitSentences } from "../../text/sentences.ts";

/** The text that stands in one place of a template. */
export interface Region {
  /** What of the text stands here, everything else blank. */
  readonly prose: string;
  readonly sentences: readonly string[];
}

export const EMPTY_REGION: Region = { prose: "", sentences: [] };

/**
 * The text by where it stands: outside of all branches and loops, in the first branch of the second `if`, and so on.
 * A rule that moves out of its branch would hold where it did not, so each place is compared with itself.
 */
export function regionsOf(source: string): Map<string, Region> {
  const literal = readLiteralText(source);
  const text = source.replace(/\{#.*?#\}/gs, (comment) => " ".repeat(comment.length));
  // Both texts have the same tags, so the number of tags before an `if` names it in both.
  const place = ({ branches, loops }: { branches: readonly BranchStep[]; loops: number }) =>
    `${branches.map(({ at, branch }) => `${text.slice(0, at).split("{%").length}/${branch}`).join(" ")} ${loops}`;
  const regions = new Map<string, { prose: string[]; sentences: string[] }>();
  const open = (key: string) => {
    const region = regions.get(key) ?? { prose: Array<string>(literal.mask.length).fill(" "), sentences: [] };
    regions.set(key, region);
    return region;
  };
  for (const part of [...literal.pieces, ...literal.outputs]) {
    const { prose } = open(place(part));
    for (let at = part.start; at < part.end; at++) prose[at] = literal.mask.charAt(at);
  }
  for (const sentence of splitSentences(literal))
    open(place(sentence)).sentences.push(oneLine(sentence.text));
  return new Map(
    [...regions].map(([key, { prose, sentences }]) => [key, { prose: prose.join(""), sentences }]),
  );
}

/** All sentences, wherever they stand. */
export function sentencesOf(source: string): string[] {
  return splitSentences(readLiteralText(source)).map((sentence) => oneLine(sentence.text));
}

export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Where one sentence says two things of different sign. */
const CLAUSE =
  /;\s+|,? (?:but|whereas|however),? |,? and (?=(?:do not|don't|never|always|avoid|only|you must)\b)/i;

export const clausesOf = (sentence: string): string[] => oneLine(sentence).split(CLAUSE);
