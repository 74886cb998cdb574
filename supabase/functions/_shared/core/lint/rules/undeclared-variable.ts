import { didYouMean } from "../known-names.ts";
import type { LintRule } from "../lint-context.ts";

/** A variable the author's contract does not name. Docs: docs/lint-rules/undeclared-variable.md */
export const undeclaredVariable: LintRule = {
  level: "error",
  *check({ effective, contract }) {
    if (!effective.declares) return;
    const declared = Object.keys(contract.variables ?? {});
    for (const variable of effective.variables.values()) {
      const [first] = variable.uses;
      if (variable.declared || !first) continue;
      yield {
        message: `The contract does not name \`${variable.name}\`, which the template reads.`,
        remedy: didYouMean(
          variable.name,
          declared,
          "Add it to the contract, or remove it from the template.",
        ),
        at: first,
      };
    }
  },
};
