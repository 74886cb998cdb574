import type { LintRule } from "../lint-context.ts";

/** The template does not parse, so it could not be rendered. Docs: docs/lint-rules/syntax.md */
export const syntax: LintRule = {
  level: "error",
  *check({ messages }) {
    for (const { index, error } of messages) {
      if (!error || error.code === "budget_exceeded") continue;
      yield {
        message: `The template cannot be read: ${error.message}`,
        remedy: error.hint ?? "Mend the template at this place; Jinja2's own syntax applies.",
        at: { messageIndex: index, line: error.line, column: error.column },
      };
    }
  },
};
