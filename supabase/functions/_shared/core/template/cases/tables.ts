import type { Case } from "./case.ts";
import { COLLECTION_METHODS_CASES } from "./collection-methods.ts";
import { EXPRESSIONS_CASES } from "./expressions.ts";
import { FILTERS_CASES } from "./filters.ts";
import { RUNTIME_ERRORS_CASES } from "./runtime-errors.ts";
import { STATEMENTS_CASES } from "./statements.ts";
import { SYNTAX_ERRORS_CASES } from "./syntax-errors.ts";
import { TESTS_CASES } from "./tests.ts";
import { TEXT_METHODS_CASES } from "./text-methods.ts";
import { WHITESPACE_CASES } from "./whitespace.ts";

/** All cases, by subject. */
export const TABLES: ReadonlyMap<string, readonly Case[]> = new Map([
  ["expressions", EXPRESSIONS_CASES],
  ["methods of text", TEXT_METHODS_CASES],
  ["methods of collections", COLLECTION_METHODS_CASES],
  ["filters", FILTERS_CASES],
  ["tests", TESTS_CASES],
  ["statements", STATEMENTS_CASES],
  ["whitespace", WHITESPACE_CASES],
  ["errors while rendering", RUNTIME_ERRORS_CASES],
  ["errors of syntax", SYNTAX_ERRORS_CASES],
]);
