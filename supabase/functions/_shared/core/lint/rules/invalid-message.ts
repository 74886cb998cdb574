import type { LintRule } from "../lint-context.ts";

/** A message is not `{role, content}`. Docs: docs/lint-rules/invalid-message.md */
export const invalidMessage: LintRule = {
  level: "error",
  *check({ messageProblems }) {
    for (const { index, message } of messageProblems) {
      yield {
        message,
        remedy:
          "Give messages as [{role, content}]: role system, developer, user or assistant, content text.",
        ...(index === null ? {} : { at: { messageIndex: index, line: 1, column: 1 } }),
      };
    }
  },
};
