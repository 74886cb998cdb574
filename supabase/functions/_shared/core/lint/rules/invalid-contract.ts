import { typeOfValue } from "../../prompt/read-contract.ts";
import type { LintRule } from "../lint-context.ts";

/** The contract has a part nobody can read, or a default of another type. Docs: docs/lint-rules/invalid-contract.md */
export const invalidContract: LintRule = {
  level: "error",
  *check({ contract, contractProblems }) {
    for (const { path, message } of contractProblems) {
      yield { message: `${path}: ${message}`, remedy: "Correct or remove this part of the contract." };
    }
    for (const [name, { type = "any", ...declaration }] of Object.entries(contract.variables ?? {})) {
      for (const key of ["default", "example"] as const) {
        if (!Object.hasOwn(declaration, key) || type === "any") continue;
        const actual = typeOfValue(declaration[key]);
        // `null` is how a contract says "none", whatever the type.
        if (actual === "null" || actual === type) continue;
        yield {
          message: `The ${key} of \`${name}\` is of type ${actual}, but the contract says ${type}.`,
          remedy: `Give a ${key} of type ${type}, or change the type.`,
        };
      }
    }
  },
};
