import { adviseSyntax } from "../advice/syntax-advice.ts";
import type { LintRule } from "../lint-context.ts";

/** The template does not parse, so it could not be rendered. Docs: docs/lint-rules/syntax.md */
export const syntax: LintRule = {
  level: "error",
  *check({ messages }) {
    for (const { index, error, content, lines } of messages) {
      if (!error || error.code === "budget_exceeded") continue;
      yield {
        message: `The template cannot be read: ${error.message}`,
        ...adviseSyntax(error, content, lines.offset(error)),
        at: { messageIndex: index, line: error.line, column: error.column },
      };
    }
  },
};
