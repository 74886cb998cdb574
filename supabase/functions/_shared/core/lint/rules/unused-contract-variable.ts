import type { LintRule } from "../lint-context.ts";

/** The contract names a variable no message reads. Docs: docs/lint-rules/unused-contract-variable.md */
export const unusedContractVariable: LintRule = {
  level: "warning",
  *check({ effective, messages }) {
    // While a message does not parse, nobody knows what it reads.
    if (messages.some((message) => message.error)) return;
    for (const { name, declared, used } of effective.variables.values()) {
      if (!declared || used) continue;
      yield {
        message: `The contract names \`${name}\`, but no message reads it.`,
        remedy: "Remove it from the contract, or use it.",
      };
    }
  },
};
