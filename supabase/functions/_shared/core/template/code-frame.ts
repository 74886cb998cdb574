const CONTEXT_LINES = 1;
const MAX_WIDTH = 100;

/**
 * The lines around a place in a template, with a caret under it, for people reading an error.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 */
export function codeFrame(source: string, line: number, column: number): string {
  const lines = source.split("\n");
  const first = Math.max(1, line - CONTEXT_LINES);
  const last = Math.min(lines.length, line + CONTEXT_LINES);
  const gutter = String(last).length;
  // A prompt is often one very long line: show the part around the column.
  const from = Math.max(0, column - 1 - MAX_WIDTH / 2);
  const out: string[] = [];
  for (let number = first; number <= last; number++) {
    const mark = number === line ? ">" : " ";
    const text = (lines[number - 1] ?? "").slice(from, from + MAX_WIDTH);
    out.push(`${mark} ${String(number).padStart(gutter)} | ${text}`.trimEnd());
    if (number === line) out.push(`  ${" ".repeat(gutter)} | ${" ".repeat(Math.max(0, column - 1 - from))}^`);
  }
  return out.join("\n");
}
