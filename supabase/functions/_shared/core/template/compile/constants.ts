import type { Expression } from "../ast.ts";
import { type NameVisitor, walkExpression } from "./walk-names.ts";

/** Filters and globals that Jinja2 hands the context never count as constant. */
const CONTEXT_FILTERS: ReadonlySet<string> = new Set([
  "map",
  "random",
  "reject",
  "rejectattr",
  "select",
  "selectattr",
]);

/** Whether Jinja2 computes an expression once, when it compiles the template: nothing in it is looked up. */
export function isConstant(expression: Expression): boolean {
  let constant = true;
  const never = () => {
    constant = false;
  };
  const visitor: NameVisitor = {
    read: never,
    write: never,
    filter: (name) => {
      if (CONTEXT_FILTERS.has(name)) constant = false;
    },
  };
  walkExpression(expression, visitor);
  return constant;
}
