import type { LintRule } from "../lint-context.ts";

/** A variable that may be left out is read where nothing checks it. Docs: docs/lint-rules/undefined-reachable.md */
export const undefinedReachable: LintRule = {
  level: "warning",
  *check({ effective }) {
    if (effective.mode === "lenient") return;
    for (const { name, required, hasDefault, need, firstNeed } of effective.variables.values()) {
      if (required || hasDefault || need !== "sometimes" || !firstNeed) continue;
      yield {
        message: `\`${name}\` may be left out, and then rendering fails when it gets here.`,
        remedy: `Guard it with {% if ${name} is defined %} or ${name} | default("…"), or make it required.`,
        at: firstNeed,
      };
    }
  },
};
