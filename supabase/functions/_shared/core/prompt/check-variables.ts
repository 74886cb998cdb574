import type { PreparedPrompt } from "./prepare-prompt.ts";
import { PromptVariablesError } from "./prompt-variables-error.ts";
import type { PromptVariables } from "./types.ts";

/**
 * Refuses variables that do not fit the contract: required ones that are missing, in every mode, and unknown
 * ones under `strict`. A value of null is a value.
 *
 * @throws PromptVariablesError naming all of them
 */
export function checkVariables({ contract, required }: PreparedPrompt, variables: PromptVariables): void {
  const missing = required.filter((name) => !Object.hasOwn(variables, name) || variables[name] === undefined);
  const unknown =
    contract.mode === "lenient" ? [] : Object.keys(variables).filter((name) => !contract.variables.has(name));
  if (missing.length > 0 || unknown.length > 0) {
    throw new PromptVariablesError(missing, unknown, [...contract.variables.keys()]);
  }
}
