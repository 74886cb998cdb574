import type { ComparisonOperator } from "../ast/expressions.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { chargeSearch } from "../text/search-cost.ts";
import { Dict } from "../values/dict.ts";
import { DictView } from "../values/dict-view.ts";
import { equals, sameOrEqual } from "../values/equality.ts";
import { tryIterate } from "../values/iteration.ts";
import { Markup } from "../values/markup.ts";
import { compareOrder } from "../values/ordering.ts";
import { typeError } from "../values/python-error.ts";
import { Range } from "../values/range.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";

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

/** `item in container` */
export function contains(container: Value, item: Value, rt: Runtime): boolean {
  if (typeof container === "string") return textContains(container, item, rt);
  if (container instanceof Markup) return textContains(container.text, item, rt);
  if (container instanceof Dict) return container.has(item, rt);
  if (container instanceof DictView) return container.contains(item, rt);
  if (container instanceof Range) return container.indexOf(item) >= 0;
  const iterator = tryIterate(container, rt);
  if (!iterator) throw typeError(`argument of type '${typeName(container)}' is not iterable`);
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    rt.meter.spend(1);
    if (sameOrEqual(next.value, item, rt)) return true;
  }
  return false;
}

function textContains(text: string, item: Value, rt: Runtime): boolean {
  const part = item instanceof Markup ? item.text : item;
  if (typeof part !== "string") {
    throw typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  chargeSearch(rt.meter, text, part);
  return text.includes(part);
}
