const OPENING = /["'`“‘«(<[{|]\s*$/;
const CLOSING = /^\s*["'`”’»)>\]}|]/;
const RULE_BEFORE = /(?:^|\n)[ \t]*[-=*_#~`'"+<]{3,}[^\n]*\n\s*$/;
const RULE_BEHIND = /^\s*\n[ \t]*[-=*_#~`'"+>]{3,}/;
const BEGIN_BEFORE = /\b(?:BEGIN|START)\b[^\n]*\n\s*$/;
const END_BEHIND = /^\s*\n[^\n]*\b(?:END|STOP)\b/;
const HEADING_BEFORE = /(?:^|\n)[ \t]*(?:#{1,6}[ \t][^\n]*|\*\*[^*\n]+\*\*:?[ \t]*)\n\s*$/;
const HEADING_BEHIND = /^\s*(?:$|\n[ \t]*(?:#{1,6}[ \t]|\*\*[^*\n]+\*\*:?[ \t]*\n))/;

const TAG = /<(\/?)([\p{L}_][\p{L}\p{N}_.-]*)(?:\s[^<>]*)?>|\[(\/?)([A-Z_]{3,})\]/gu;
const FENCE = /```|~~~|"""|'''/g;

/** How far a quotation mark, a rule or a heading may stand away. */
const NEAR = 300;

/**
 * What of a prompt is set apart from the text around it: by quotes or brackets at its sides, between tags, in a code
 * fence, between rules or words such as BEGIN and END, or as a section under a heading of its own. Its parts are found once, in linear time.
 */
export class Fences {
  private readonly text: string;
  /** Where tags and code fences are open, in order and apart from each other. */
  private readonly inside: readonly Span[];

  /** @param text the prompt with its own tags blotted out, `mask` of a `LiteralText` */
  constructor(text: string) {
    this.text = text;
    this.inside = union([...betweenTags(text), ...betweenFences(text)]);
  }

  surround(start: number, end: number): boolean {
    const before = this.text.slice(Math.max(0, start - NEAR), start);
    const behind = this.text.slice(end, end + NEAR);
    return (
      (OPENING.test(before) && CLOSING.test(behind)) ||
      (RULE_BEFORE.test(before) && RULE_BEHIND.test(behind)) ||
      (BEGIN_BEFORE.test(before) && END_BEHIND.test(behind)) ||
      (HEADING_BEFORE.test(before) && HEADING_BEHIND.test(behind)) ||
      this.inside.some((span) => span.from <= start && end <= span.to)
    );
  }
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function betweenTags(text: string): Span[] {
  const spans: Span[] = [];
  const open = new Map<string, number[]>();
  for (const match of text.matchAll(TAG)) {
    const [whole, slash, tag, bracketSlash, bracket] = match;
    const name = tag ?? bracket ?? "";
    const waiting = open.get(name) ?? [];
    open.set(name, waiting);
    if (slash !== "/" && bracketSlash !== "/") waiting.push(match.index + whole.length);
    else {
      const from = waiting.pop();
      if (from !== undefined) spans.push({ from, to: match.index });
    }
  }
  return spans;
}

function betweenFences(text: string): Span[] {
  const spans: Span[] = [];
  const open = new Map<string, number>();
  for (const { 0: mark, index } of text.matchAll(FENCE)) {
    const from = open.get(mark);
    if (from === undefined) open.set(mark, index + mark.length);
    else {
      spans.push({ from, to: index });
      open.delete(mark);
    }
  }
  return spans;
}

function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && span.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}
