import type { BranchStep, LiteralText } from "./literal-text.ts";

/** A sentence, a list item or a line of its own in a template's prose. */
export interface Sentence {
  /** UTF-16 offsets in the source, without the list mark before and the blanks behind. */
  readonly start: number;
  readonly end: number;
  /** The masked text between them: tags are blotted out, line breaks are still there. */
  readonly text: string;
  readonly kind: "prose" | "item" | "heading";
  /** True inside a code fence or an `<example>`: shown to the model as a sample, not said to it. */
  readonly sample: boolean;
  readonly branches: readonly BranchStep[];
  readonly loops: number;
}

interface Line {
  readonly start: number;
  readonly text: string;
  readonly mark: string;
  readonly heading: boolean;
  readonly sample: boolean;
}

const LIST_MARK = /^\s*(?:[-*•+–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+/;
const SAMPLE_TAG = /^\s*<(\/?)(?:examples?|samples?|few_?shots?|output_example|input_example)\b[^>]*>/i;
const MARKUP_ONLY = /^\s*(?:<\/?[\w-]+(?:\s[^>]*)?>|[-=_*#~]{3,})\s*$/;

/** Cuts the prose into sentences, in the order of the source. A statement tag ends a sentence as a full stop does. */
export function splitSentences(literal: LiteralText): Sentence[] {
  const sentences: Sentence[] = [];
  for (const block of joinWrappedLines(readLines(literal.mask))) {
    const last = block.at(-1) as Line;
    const first = block[0] as Line;
    const start = first.start + first.mark.length;
    const end = last.start + last.text.length;
    const kind = first.heading ? "heading" : first.mark === "" ? "prose" : "item";
    for (const [from, to] of cutBlock(literal, start, end)) {
      const piece = literal.pieces.find((p) => p.end > from) ?? literal.pieces.at(-1);
      const place = { branches: piece?.branches ?? [], loops: piece?.loops ?? 0 };
      sentences.push({
        start: from,
        end: to,
        text: literal.mask.slice(from, to),
        kind,
        sample: first.sample,
        ...place,
      });
    }
  }
  return sentences;
}

function readLines(mask: string): Line[] {
  const lines: Line[] = [];
  let fenced = false;
  let samples = 0;
  let start = 0;
  for (const text of mask.split("\n")) {
    const fence = /^\s*(?:```|~~~)/.test(text);
    const tag = SAMPLE_TAG.exec(text);
    if (tag && tag[1] === "") samples++;
    const sample = fenced || fence || samples > 0;
    if (tag && text.includes("</")) samples = Math.max(0, samples - 1);
    if (fence) fenced = !fenced;
    const mark = LIST_MARK.exec(text)?.[0] ?? "";
    const heading =
      /^\s*#{1,6}\s/.test(text) ||
      /^\s*\*\*[^*]+\*\*:?\s*$/.test(text) ||
      /^\s*[A-Z][\w '/-]{0,40}:\s*$/.test(text);
    if (!MARKUP_ONLY.test(text) && !fence) lines.push({ start, text, mark, heading, sample });
    else lines.push({ start, text: "", mark: "", heading: false, sample });
    start += text.length + 1;
  }
  return lines;
}

/** A line that begins in lower case goes on with the sentence of the line before it. */
function joinWrappedLines(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [];
  let open: Line[] | null = null;
  for (const line of lines) {
    const blank = line.text.trim() === "";
    const before = open?.at(-1);
    const goesOn =
      before !== undefined &&
      line.mark === "" &&
      !line.heading &&
      !before.heading &&
      before.sample === line.sample &&
      !/[.!?:;]["')\]]*\s*$/.test(before.text) &&
      /^\s*[a-z(0-9"'`X]/.test(line.text);
    if (blank) open = null;
    else if (open && goesOn) open.push(line);
    else {
      open = [line];
      blocks.push(open);
    }
  }
  return blocks;
}

// A full stop ends a sentence when a blank and then something that begins one follow; "e.g." does not.
const SENTENCE_END =
  /(?<!\b(?:e\.g|i\.e|etc|vs|approx|no|mr|ms|mrs|dr|fig|incl))[.!?]+["')\]*]*(?=\s+(?:<!--|["'(*[`<]*[\p{Lu}\p{N}{]))/giu;

function* cutBlock(literal: LiteralText, start: number, end: number): Generator<[number, number]> {
  const cuts = literal.breaks.filter((at) => at > start && at < end);
  for (const match of literal.mask.slice(start, end).matchAll(SENTENCE_END)) {
    cuts.push(start + match.index + match[0].length);
  }
  cuts.sort((a, b) => a - b);
  let from = start;
  for (const to of [...cuts, end]) {
    const part = literal.mask.slice(from, to);
    const lead = part.length - part.trimStart().length;
    if (part.trim() !== "") yield [from + lead, from + part.trimEnd().length];
    from = to;
  }
}
