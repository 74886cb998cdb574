import type { Expression } from "../ast.ts";
import type { EscapeMode } from "./scope.ts";
import { type NameVisitor, walkExpression } from "./walk-names.ts";

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
  let constant = true;
  const never = () => {
    constant = false;
  };
  const visitor: NameVisitor = {
    read: never,
    write: never,
    call: never,
    test: () => {
      if (escaping === "dynamic") constant = false;
    },
    filter: (name) => {
      if (escaping === "dynamic" || CONTEXT_FILTERS.has(name)) constant = false;
    },
  };
  walkExpression(expression, visitor);
  return constant;
}
