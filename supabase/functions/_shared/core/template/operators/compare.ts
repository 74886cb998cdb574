import type { ComparisonOperator } from "../ast.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { equals } from "../values/equality.ts";
import { compareOrder } from "../values/ordering.ts";
import type { Value } from "../values/value.ts";
import { contains } from "./contains.ts";

/** `left operator right` */
export function compare(operator: ComparisonOperator, left: Value, right: Value, rt: Runtime): boolean {
  switch (operator) {
    case "==":
      return equals(left, right, rt);
    case "!=":
      return !equals(left, right, rt);
    case "in":
      return contains(right, left, rt);
    case "not in":
      return !contains(right, left, rt);
    default:
      return compareOrder(operator, left, right, rt);
  }
}
