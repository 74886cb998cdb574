import { FUNCTION_NAMES } from "../known-names.ts";
import type { LintRule } from "../lint-context.ts";
import { unknownName } from "../rule-support.ts";

/** A call of a name that is neither a macro nor a function of the language. Docs: docs/lint-rules/unknown-function.md */
export const unknownFunction: LintRule = {
  level: "error",
  *check(context) {
    for (const { name, visible, ...at } of context.derived.unknownCalls) {
      const known = [...FUNCTION_NAMES, ...visible];
      const otherwise =
        "Variables hold data and cannot be called; define a macro of this name, or remove the call.";
      yield unknownName(context, "function or macro", name, at, known, otherwise);
    }
  },
};
