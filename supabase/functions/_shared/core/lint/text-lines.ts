import type { Position } from "../template/ast/expressions.ts";

/**
 * Offsets and lines of a text as its author wrote it: the parser counts lines after turning `\r\n` and `\r`
 * into `\n`, an editor's text may still hold them. The line starts are found once, on first use.
 */
export class TextLines {
  private readonly text: string;
  private found: readonly number[] | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** The UTF-16 offset of a line and column, both from 1. */
  offset({ line, column }: Position): number {
    const start = this.starts[Math.min(line, this.starts.length) - 1] ?? 0;
    return Math.min(this.text.length, start + column - 1);
  }

  /** The line and column of an offset, both from 1. */
  position(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }

  private get starts(): readonly number[] {
    this.found ??= [0, ...[...this.text.matchAll(/\r\n?|\n/g)].map((end) => end.index + end[0].length)];
    return this.found;
  }
}
