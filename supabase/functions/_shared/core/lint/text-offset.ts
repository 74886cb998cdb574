/**
 * The UTF-16 offset of a line and column (both from 1) in a text as its author wrote it: the parser counts
 * lines after turning `\r\n` and `\r` into `\n`, an editor's text may still hold them.
 */
export function textOffset(text: string, line: number, column: number): number {
  let start = 0;
  const newline = /\r\n?|\n/g;
  for (let current = 1; current < line; current++) {
    if (!newline.exec(text)) break;
    start = newline.lastIndex;
  }
  return Math.min(text.length, start + column - 1);
}

/** The line and column of an offset, both from 1. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (const newline of text.slice(0, offset).matchAll(/\r\n?|\n/g)) {
    line++;
    start = newline.index + newline[0].length;
  }
  return { line, column: offset - start + 1 };
}
