import type { Body, Statement } from "../template/ast/statements.ts";
import { type ParseOptions, parseTemplate } from "../template/parse-template.ts";

/** One turn at an `if`: which `if`, and which of its branches. `elif` counts on, `else` is the last. */
export interface BranchStep {
  readonly at: number;
  readonly branch: number;
}

/** A run of text that stands in the output as it is written. Offsets are UTF-16 units of the source. */
export interface LiteralPiece {
  readonly start: number;
  readonly end: number;
  /** The branches one must take to get here; two pieces may part ways at an `if` and then never meet. */
  readonly branches: readonly BranchStep[];
  /** How many loops are around it. */
  readonly loops: number;
}

/** A `{{ … }}`, from its first brace to behind its last. */
export interface OutputPlace {
  readonly start: number;
  readonly end: number;
  readonly branches: readonly BranchStep[];
  readonly loops: number;
}

/** What of a template's source is prose, at the very offsets it has in the source. */
export interface LiteralText {
  readonly source: string;
  /**
   * As long as the source, with every tag blotted out: an output by a made-up noun (`Xxxxx`), so that the
   * sentence around it still reads as one, statements and comments by spaces.
   */
  readonly mask: string;
  readonly pieces: readonly LiteralPiece[];
  readonly outputs: readonly OutputPlace[];
  /** Offsets at which a statement tag interrupts the text, in order. */
  readonly breaks: readonly number[];
}

/**
 * Reads the literal text of a template.
 *
 * @throws TemplateError when the source is not Jinja2
 */
export function readLiteralText(source: string, options: ParseOptions = {}): LiteralText {
  // Carriage returns become blanks, not nothing, so that every offset stays that of the stored source.
  const text = source.replace(/\r\n/g, " \n").replaceAll("\r", "\n");
  const walk = new PieceWalk(text);
  walk.body(parseTemplate(text, options).body, [], 0);
  const pieces = walk.pieces.sort((a, b) => a.start - b.start);
  const outputs = closeOutputs(text, walk.outputs, pieces);
  return { source, mask: blot(text, pieces, outputs), pieces, outputs, breaks: findBreaks(text, pieces) };
}

/** Whether one rendering can hold both: not so when they stand in different branches of the same `if`. */
export function canMeet(a: readonly BranchStep[], b: readonly BranchStep[]): boolean {
  return !a.some((step) => b.some((other) => other.at === step.at && other.branch !== step.branch));
}

interface OpenOutput {
  readonly start: number;
  readonly branches: readonly BranchStep[];
  readonly loops: number;
}

class PieceWalk {
  readonly pieces: LiteralPiece[] = [];
  readonly outputs: OpenOutput[] = [];
  private readonly lineStarts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.lineStarts = starts;
  }

  body(body: Body, branches: readonly BranchStep[], loops: number): void {
    for (const statement of body) this.statement(statement, branches, loops);
  }

  private statement(node: Statement, branches: readonly BranchStep[], loops: number): void {
    const start = this.offset(node);
    switch (node.kind) {
      case "text":
        this.pieces.push({ start, end: start + node.value.length, branches, loops });
        return;
      case "output":
        this.outputs.push({ start, branches, loops });
        return;
      case "if":
        [...node.branches.map((branch) => branch.body), node.otherwise].forEach((body, branch) => {
          this.body(body, [...branches, { at: start, branch }], loops);
        });
        return;
      case "for":
        this.body(node.body, branches, loops + 1);
        this.body(node.otherwise, branches, loops);
        return;
      default:
        if ("body" in node) this.body(node.body, branches, loops);
    }
  }

  private offset(place: { line: number; column: number }): number {
    return (this.lineStarts[place.line - 1] ?? 0) + place.column - 1;
  }
}

/** An output ends where its last brace is: before the next tag, or before the text behind it. */
function closeOutputs(
  text: string,
  open: readonly OpenOutput[],
  pieces: readonly LiteralPiece[],
): OutputPlace[] {
  let next = 0;
  return open
    .filter(({ start }) => text.startsWith("{{", start))
    .sort((a, b) => a.start - b.start)
    .map((output, index, all) => {
      // Both lists are in the order of the source, so the next piece is never before the last one found.
      while (next < pieces.length && (pieces[next]?.start ?? 0) <= output.start) next++;
      const nextPiece = pieces[next]?.start ?? text.length;
      const limit = Math.min(nextPiece, all[index + 1]?.start ?? text.length);
      const statement = text.slice(output.start + 2, limit).search(/[}]\s*\{[%#]/);
      const region = text.slice(output.start, statement < 0 ? limit : output.start + 3 + statement);
      return { ...output, end: output.start + Math.max(region.lastIndexOf("}}"), 2) + 2 };
    });
}

function blot(text: string, pieces: readonly LiteralPiece[], outputs: readonly OutputPlace[]): string {
  const kept: string[] = [];
  let at = 0;
  const gap = (end: number) => {
    kept.push(text.slice(at, end).replace(/[^\n]/g, " "));
    at = end;
  };
  const parts = [
    ...pieces.map((piece) => ({ ...piece, output: false })),
    ...outputs.map((output) => ({ ...output, output: true })),
  ].sort((a, b) => a.start - b.start);
  for (const part of parts) {
    if (part.start < at) continue;
    gap(part.start);
    const length = part.end - part.start;
    kept.push(part.output ? `X${"x".repeat(length - 1)}` : text.slice(part.start, part.end));
    at = part.end;
  }
  gap(text.length);
  return kept.join("");
}

function findBreaks(text: string, pieces: readonly LiteralPiece[]): number[] {
  const breaks: number[] = [];
  let at = 0;
  for (const piece of [...pieces, { start: text.length, end: text.length }]) {
    for (const tag of text.slice(at, piece.start).matchAll(/\{%/g)) breaks.push(at + tag.index);
    at = piece.end;
  }
  return breaks;
}
