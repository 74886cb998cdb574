export type Span = { start: number; end: number };
export type ExcerptLine = { number: number; pieces: { text: string; marked: boolean }[] };

/** The lines of a text that spans touch, each cut into what is marked and what is not. Offsets are UTF-16, as stored. */
export function excerptLines(content: string, spans: readonly Span[]): ExcerptLine[] {
  const lines: ExcerptLine[] = [];
  let start = 0;
  for (const [index, text] of content.split("\n").entries()) {
    const end = start + text.length;
    const here = spans
      .filter((span) => span.start <= end && span.end > start && span.start < span.end)
      .map((span) => ({ start: Math.max(span.start, start) - start, end: Math.min(span.end, end) - start }))
      .sort((a, b) => a.start - b.start);
    if (here.some((span) => span.end > span.start))
      lines.push({ number: index + 1, pieces: cut(text, here) });
    start = end + 1;
  }
  return lines;
}

/** Overlapping spans become one. */
function cut(text: string, spans: Span[]): ExcerptLine["pieces"] {
  const pieces: ExcerptLine["pieces"] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false });
    const from = Math.max(at, start);
    if (end > from) pieces.push({ text: text.slice(from, end), marked: true });
    at = Math.max(at, end);
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}
