import { type Diagnostic, linter, lintGutter, setDiagnostics } from "@codemirror/lint";
import type { EditorState, Extension, Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { LintResult } from "@core/lint/lint-result.ts";

function offsetOf(doc: Text, { line, column }: { line: number; column: number }): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(at.from + column - 1, at.to);
}

/** A finding names a place; the mark goes to the end of the word or of the tag that begins there. */
function endOf(state: EditorState, from: number): number {
  const line = state.doc.lineAt(from);
  const rest = line.text.slice(from - line.from);
  const length = /^(?:\{\{.*?\}\}|\{%.*?%\}|[\p{L}\p{N}_]+|\s+|.)/u.exec(rest)?.[0].length ?? 0;
  return from + length;
}

function diagnostic(state: EditorState, finding: LintResult): Diagnostic {
  const from = offsetOf(state.doc, finding);
  const { fix } = finding;
  return {
    from,
    to: endOf(state, from),
    severity: finding.level,
    source: finding.rule,
    message: `${finding.message} ${finding.remedy}`,
    actions: fix && [
      {
        name: fix.label,
        apply: (view) =>
          view.dispatch({ changes: fix.edits.map(({ from, to, insert }) => ({ from, to, insert })) }),
      },
    ],
  };
}

/** Marks come from outside (the worker), so the built-in linting is told never to look by itself. */
export const lintMarks: Extension = [linter(null), lintGutter()];

export function showFindings(view: EditorView, findings: LintResult[]) {
  view.dispatch(
    setDiagnostics(
      view.state,
      findings.map((finding) => diagnostic(view.state, finding)),
    ),
  );
}
