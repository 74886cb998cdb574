import { parseTemplate } from "../parse-template.ts";
import { renderTemplate } from "../render-template.ts";
import { TemplateError } from "../template-error.ts";
import { type Case, VARIABLES } from "./case.ts";
import { COLLECTION_METHODS_CASES } from "./collection-methods.ts";
import { EXPRESSIONS_CASES } from "./expressions.ts";
import { FILTERS_CASES } from "./filters.ts";
import { RUNTIME_ERRORS_CASES } from "./runtime-errors.ts";
import { STATEMENTS_CASES } from "./statements.ts";
import { SYNTAX_ERRORS_CASES } from "./syntax-errors.ts";
import { TESTS_CASES } from "./tests.ts";
import { TEXT_METHODS_CASES } from "./text-methods.ts";
import { WHITESPACE_CASES } from "./whitespace.ts";

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

/** What a case comes to: its output, or the code of its error. */
export function outcome({ template, options }: Case): { output: string } | { error: string } {
  try {
    return { output: renderTemplate(parseTemplate(template, options), VARIABLES) };
  } catch (error) {
    if (error instanceof TemplateError) return { error: error.code };
    throw error;
  }
}

/** The cases that do not come out as they must, in words; empty when all do. */
export function failures(): string[] {
  const found: string[] = [];
  for (const [table, cases] of TABLES) {
    for (const entry of cases) {
      const actual = JSON.stringify(outcome(entry));
      const expected = JSON.stringify(entry.error ? { error: entry.error } : { output: entry.output });
      if (actual !== expected)
        found.push(`${table}: ${entry.template}\n  expected ${expected}\n  got      ${actual}`);
    }
  }
  return found;
}
