import type { LintRule } from "../lint-context.ts";
import type { ContractVariable } from "../reconcile-contract.ts";

/** The contract says one type and the template uses another. Docs: docs/lint-rules/type-mismatch.md */
export const typeMismatch: LintRule = {
  level: "warning",
  *check({ effective }) {
    for (const variable of effective.variables.values()) {
      const [first] = variable.uses;
      if (!variable.declared || !first || fits(variable)) continue;
      const { name, type, inferred } = variable;
      yield {
        message: `The contract says \`${name}\` is of type ${type}, but the template uses it as ${inferred.kind}.`,
        remedy: `Make it ${inferred.kind} in the contract, or use it as ${type} here.`,
        at: first,
      };
    }
  },
};

/** Anything can be printed or tested, and a dict or text can be looped over: those uses fit every type. */
function fits({ type, inferred }: ContractVariable): boolean {
  const { kind } = inferred;
  if (type === "any" || kind === "any" || kind === type) return true;
  if (kind === "object" || kind === "number") return false;
  if (kind === "list") return type === "object" || type === "string";
  return kind === "boolean" || kind === "string";
}
