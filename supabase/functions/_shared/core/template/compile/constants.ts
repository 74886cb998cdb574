import type { Expression } from "../ast/expressions.ts";
import type { EscapeMode } from "./scope.ts";
import { eachInside } from "./walk-names.ts";

/** Filters that Jinja2 hands the context never count as constant. */
const CONTEXT_FILTERS: ReadonlySet<string> = new Set([
  "map",
  "random",
  "reject",
  "rejectattr",
  "select",
  "selectattr",
]);

/**
 * Whether Jinja2 computes an expression once, when it compiles the template: nothing in it is looked up or called.
 * Where only the render tells whether to escape, filters and tests are not computed either.
 */
export function isConstant(expression: Expression, escaping: EscapeMode = false): boolean {
  const { kind } = expression;
  if (kind === "name" || kind === "call") return false;
  if (escaping === "dynamic" && (kind === "filter" || kind === "test")) return false;
  if (kind === "filter" && CONTEXT_FILTERS.has(expression.name)) return false;
  let constant = true;
  eachInside(expression, (inner) => {
    constant &&= isConstant(inner, escaping);
  });
  return constant;
}
