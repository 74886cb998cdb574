import type { LintRule } from "../lint-context.ts";
import { includesOf } from "./include-cycle.ts";

/** A template that is included cannot be found. Docs: docs/lint-rules/unknown-include.md */
export const unknownInclude: LintRule = {
  level: "error",
  *check({ messages, resolve }) {
    if (!resolve) return;
    for (const { index, template } of messages) {
      for (const { name, line, column, ignoreMissing } of template ? includesOf(template) : []) {
        if (ignoreMissing || resolve(name)) continue;
        yield {
          message: `There is no template "${name}" to include.`,
          remedy: "Put its text here, or name a template that can be included.",
          at: { messageIndex: index, line, column },
        };
      }
    }
  },
};
