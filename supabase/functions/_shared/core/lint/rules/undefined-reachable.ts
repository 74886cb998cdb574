import type { LintRule } from "../lint-context.ts";

/** A variable that may be left out is read where nothing checks it. Docs: docs/lint-rules/undefined-reachable.md */
export const undefinedReachable: LintRule = {
  level: "warning",
  *check({ effective, derived }) {
    if (effective.mode === "lenient") return;
    // What an unknown function does with its arguments is not known before it has been put right.
    if (derived.unknownCalls.length > 0) return;
    for (const { name, required, hasDefault, need, firstNeed } of effective.variables.values()) {
      if (required || hasDefault || need !== "sometimes" || !firstNeed) continue;
      yield {
        message: `\`${name}\` may be left out, and then rendering fails when it gets here.`,
        remedy: `Write {{ ${name} | default("…") }}, test {% if ${name} is defined %} first, or require it in the contract.`,
        at: firstNeed,
      };
    }
  },
};
