import type { LintRule } from "../lint-context.ts";

/**
 * A variable callers may leave out, without a default, that every rendering needs.
 * Docs: docs/lint-rules/contract-variable-without-value.md
 */
export const contractVariableWithoutValue: LintRule = {
  level: "error",
  *check({ effective }) {
    // Leniently an absent value prints as nothing; what still fails then is warned of, not refused.
    if (effective.mode === "lenient") return;
    for (const { name, declared, required, hasDefault, need, firstNeed } of effective.variables.values()) {
      if (!declared || required || hasDefault || need !== "always" || !firstNeed) continue;
      yield {
        message: `\`${name}\` may be left out by the contract, but every rendering needs it.`,
        remedy: `Give it a default, make it required, or guard it: {{ ${name} | default("…") }}.`,
        at: firstNeed,
      };
    }
  },
};
