import { quote, spanAt } from "../evidence.ts";
import type { Match, PreparedPrompt, Rule } from "../types.ts";

/** From so many lines of one shape on, a loop is shorter and also holds for other numbers. */
const FEWEST_LINES = 4;

interface ShapedLine {
  readonly start: number;
  readonly end: number;
  readonly shape: string;
  readonly variable: string;
}

export const longEnumeration: Rule = {
  name: "long-enumeration",
  severity: "info",
  reason:
    "Lines that differ in a number alone are paid for one by one and fit one count only. A loop over a list says them once and holds for any count.",
  find: (prompt) => prompt.literals.flatMap((_, message) => findRuns(prompt, message)),
};

function findRuns(prompt: PreparedPrompt, message: number): Match[] {
  const runs: ShapedLine[][] = [];
  let run: ShapedLine[] = [];
  for (const line of shapedLines(prompt.literals[message]?.source ?? "")) {
    if (line && (run.length === 0 || run[0]?.shape === line.shape)) run.push(line);
    else {
      runs.push(run);
      run = line ? [line] : [];
    }
  }
  runs.push(run);
  return runs
    .filter(
      (lines) =>
        lines.length >= FEWEST_LINES && new Set(lines.map((line) => line.variable)).size === lines.length,
    )
    .map((lines) => describe(prompt, message, lines));
}

function describe(prompt: PreparedPrompt, message: number, lines: readonly ShapedLine[]): Match {
  const [first, last] = [lines[0], lines.at(-1)] as [ShapedLine, ShapedLine];
  const span = spanAt(prompt, message, first.start, last.end);
  const name = /[a-z_]+/i.exec(first.variable)?.[0].replace(/_+[a-z]?$/i, "") || "item";
  const list = name.endsWith("s") ? name : `${name}s`;
  return {
    message: `${lines.length} lines from ${quote(prompt.literals[message]?.source.slice(first.start, first.end) ?? "")} differ in their number alone. Take a list: {% for item in ${list} %}…{{ loop.index }} … {{ item }}{% endfor %}.`,
    evidence: [span],
  };
}

/** Each line with its numbers and single letters taken out; null for a line without exactly one plain variable. */
function* shapedLines(source: string): Generator<ShapedLine | null> {
  let start = 0;
  for (const text of source.split("\n")) {
    const outputs = [...text.matchAll(/\{\{-?\s*([^}]+?)\s*-?\}\}/g)];
    const variable = outputs[0]?.[1] ?? "";
    const numbered = /\d|(?:^|_)[a-z]$/i.test(variable);
    if (outputs.length === 1 && numbered && !text.includes("{%")) {
      // The first line may begin behind a sentence: "Find: 1. {{ field_1 }}".
      const from = text.search(/(?:\d+[.)]|\b[\w-]+ (?:\d+|[A-Z])\b\s*:)\s*\{\{|\{\{/);
      const shape = text
        .slice(Math.max(from, 0))
        .replace(/\d+/g, "#")
        .replace(/\b[A-Z]\b/g, "#")
        .replace(/_[a-z]\b/g, "_#");
      yield { start: start + Math.max(from, 0), end: start + text.length, shape: shape.trim(), variable };
    } else yield null;
    start += text.length + 1;
  }
}
