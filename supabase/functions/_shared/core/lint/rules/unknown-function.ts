import { FUNCTION_NAMES } from "../known-names.ts";
import type { LintRule } from "../lint-context.ts";
import { unknownName } from "../rule-support.ts";

/**
 * A call of a name that is neither a macro nor a function of the language, or of a method that text, lists, dicts and
 * numbers do not have. Docs: docs/lint-rules/unknown-function.md
 */
export const unknownFunction: LintRule = {
  level: "error",
  *check(context) {
    for (const { name, kind, visible, ...at } of context.derived.unknownCalls) {
      const known = kind === "method" ? [...visible] : [...FUNCTION_NAMES, ...visible];
      yield unknownName(context, kind, name, at, known, OTHERWISE[kind]);
    }
  },
};

const OTHERWISE = {
  function: "Variables hold data and cannot be called; define a macro of this name, or remove the call.",
  method: "Variables hold data, with Python's methods of text, lists, dicts and numbers; remove the call.",
};
