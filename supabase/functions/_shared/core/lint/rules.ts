import type { LintRule } from "./lint-context.ts";
import { brokenInclude } from "./rules/broken-include.ts";
import { budgetExceeded } from "./rules/budget-exceeded.ts";
import { cacheOrder } from "./rules/cache-order.ts";
import { contractVariableWithoutValue } from "./rules/contract-variable-without-value.ts";
import { duplicateInstruction } from "./rules/duplicate-instruction.ts";
import { includeCycle } from "./rules/include-cycle.ts";
import { invalidContract } from "./rules/invalid-contract.ts";
import { invalidMessage } from "./rules/invalid-message.ts";
import { syntax } from "./rules/syntax.ts";
import { tokenWindow } from "./rules/token-window.ts";
import { trailingWhitespace } from "./rules/trailing-whitespace.ts";
import { typeMismatch } from "./rules/type-mismatch.ts";
import { undeclaredVariable } from "./rules/undeclared-variable.ts";
import { undefinedReachable } from "./rules/undefined-reachable.ts";
import { unfencedInterpolation } from "./rules/unfenced-interpolation.ts";
import { unknownFilter } from "./rules/unknown-filter.ts";
import { unknownFunction } from "./rules/unknown-function.ts";
import { unknownInclude } from "./rules/unknown-include.ts";
import { unknownTest } from "./rules/unknown-test.ts";
import { unusedContractVariable } from "./rules/unused-contract-variable.ts";

/**
 * Every rule by its name. The name is also that of its file here, of its page in docs/lint-rules and of its
 * test; a stored report refers to it for ever, so it is not reused for something else.
 */
export const RULES = {
  syntax,
  "invalid-message": invalidMessage,
  "invalid-contract": invalidContract,
  "unknown-filter": unknownFilter,
  "unknown-test": unknownTest,
  "unknown-function": unknownFunction,
  "unknown-include": unknownInclude,
  "broken-include": brokenInclude,
  "include-cycle": includeCycle,
  "undeclared-variable": undeclaredVariable,
  "contract-variable-without-value": contractVariableWithoutValue,
  "budget-exceeded": budgetExceeded,
  "unused-contract-variable": unusedContractVariable,
  "type-mismatch": typeMismatch,
  "undefined-reachable": undefinedReachable,
  "cache-order": cacheOrder,
  "unfenced-interpolation": unfencedInterpolation,
  "duplicate-instruction": duplicateInstruction,
  "trailing-whitespace": trailingWhitespace,
  "token-window": tokenWindow,
} as const satisfies Record<string, LintRule>;

export type RuleName = keyof typeof RULES;

/** Stored with every report: raise it when a rule becomes stricter, so that old reports can be told apart. */
export const LINTER_VERSION = "1";
