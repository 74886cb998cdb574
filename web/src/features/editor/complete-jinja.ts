import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { type Completion, completionsAt, type KnownVariable } from "@core/editor/completions.ts";

/** The editor's icons for what can be completed. */
const types: Record<Completion["kind"], string> = {
  variable: "variable",
  local: "variable",
  field: "property",
  method: "method",
  filter: "function",
  test: "keyword",
  function: "function",
  keyword: "keyword",
};

/** Completes inside `{{ … }}` and `{% … %}`: what can stand at the place, as the engine knows it. */
export function completeJinja(variables: () => readonly KnownVariable[]) {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = completionsAt(state.doc.toString(), pos, variables());
    if (!found || (found.from === pos && !explicit)) return null;
    const options = found.options.map(({ label, kind, detail }) => ({
      label,
      type: types[kind],
      detail: detail ?? kind,
      boost: kind === "variable" ? 2 : kind === "local" ? 1 : 0,
    }));
    return { from: found.from, options };
  };
}
