import { expect, test } from "vitest";
import { diffText, foldRows } from "./text-diff.ts";

const shown = (before: string, after: string) =>
  diffText(before, after).map((row) =>
    row.kind === "gap"
      ? "…"
      : `${{ same: " ", removed: "-", added: "+" }[row.kind]}${row.pieces.map((p) => (p.changed ? `[${p.text}]` : p.text)).join("")}`,
  );

test("a changed word is marked, the words around it are not", () => {
  expect(shown("Answer in English.\nBe kind.", "Answer in German.\nBe kind.")).toEqual([
    "-Answer in [English].",
    "+Answer in [German].",
    " Be kind.",
  ]);
});

test("a line without a counterpart is marked whole", () => {
  expect(shown("One.\n", "One.\nTwo.\n")).toEqual([" One.", "+[Two.]"]);
  expect(shown("One.\nTwo.\n", "One.\n")).toEqual([" One.", "-[Two.]"]);
});

test("a line that only got a line break because writing went on below it has not changed", () => {
  expect(shown("One.", "One.\nTwo.")).toEqual([" One.", "+[Two.]"]);
  expect(shown("One.\nTwo.", "One.")).toEqual([" One.", "-[Two.]"]);
});

test("a line break at the end is shown when nothing else has changed", () => {
  expect(shown("One.", "One.\n")).toEqual(["-One.", "+One.[↵]"]);
});

test("equal texts have no change", () => {
  expect(diffText("a\nb", "a\nb").every((row) => row.kind === "same")).toBe(true);
});

test("far unchanged lines are folded and counted, near ones stay", () => {
  const lines = Array.from({ length: 20 }, (_, n) => `line ${n}`);
  const folded = foldRows(diffText(lines.join("\n"), lines.with(10, "other").join("\n")));
  expect(folded[0]).toEqual({ kind: "gap", lines: 7 });
  expect(folded.filter((row) => row.kind === "same")).toHaveLength(6);
  expect(folded.at(-1)).toEqual({ kind: "gap", lines: 6 });
});
