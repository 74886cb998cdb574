import { type Change, diffLines, diffWordsWithSpace } from "diff";

/** A stretch of a line; `changed` ones are what the other side does not have. */
export type Piece = { text: string; changed: boolean };
export type DiffRow =
  | { kind: "same"; left: number; right: number; pieces: Piece[] }
  | { kind: "removed"; left: number; pieces: Piece[] }
  | { kind: "added"; right: number; pieces: Piece[] }
  /** Unchanged lines that are folded away. */
  | { kind: "gap"; lines: number };

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Word by word within a changed line, against the line that took its place. */
function pieces(mine: string, other: string | undefined, side: "removed" | "added"): Piece[] {
  if (other === undefined) return [{ text: mine, changed: true }];
  const [before, after] = side === "removed" ? [mine, other] : [other, mine];
  return diffWordsWithSpace(before, after)
    .filter((part) => (side === "removed" ? !part.added : !part.removed))
    .map((part) => ({ text: part.value, changed: part.added || part.removed }));
}

/** All rows, the removed lines of a change before the added ones. */
export function diffText(before: string, after: string): DiffRow[] {
  // Writing on below the last line does not change that line, though it gets a line break.
  const rows = rowsOf(diffLines(before, after, { ignoreNewlineAtEof: true }));
  if (before === after || rows.some(({ kind }) => kind !== "same")) return rows;
  const shown = (text: string) => text.replace(/\n$/, "↵");
  return rowsOf(diffLines(shown(before), shown(after)));
}

function rowsOf(parts: Change[]): DiffRow[] {
  const rows: DiffRow[] = [];
  let left = 1;
  let right = 1;
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index]!;
    if (!part.added && !part.removed) {
      for (const text of linesOf(part.value)) {
        rows.push({ kind: "same", left: left++, right: right++, pieces: [{ text, changed: false }] });
      }
      continue;
    }
    const next = parts[index + 1];
    const removed = part.removed ? linesOf(part.value) : [];
    const added = part.added ? linesOf(part.value) : next?.added ? linesOf(next.value) : [];
    if (part.removed && next?.added) index += 1;
    removed.forEach((text, at) => {
      rows.push({ kind: "removed", left: left++, pieces: pieces(text, added[at], "removed") });
    });
    added.forEach((text, at) => {
      rows.push({ kind: "added", right: right++, pieces: pieces(text, removed[at], "added") });
    });
  }
  return rows;
}

/** Folds long stretches of unchanged lines, keeping a few around every change. */
export function foldRows(rows: DiffRow[], context = 3): DiffRow[] {
  const near = rows.map((_row, at) =>
    rows.slice(Math.max(0, at - context), at + context + 1).some((row) => row.kind !== "same"),
  );
  const folded: DiffRow[] = [];
  for (const [at, row] of rows.entries()) {
    const last = folded.at(-1);
    if (near[at]) folded.push(row);
    else if (last?.kind === "gap") last.lines += 1;
    else folded.push({ kind: "gap", lines: 1 });
  }
  return folded;
}
