import type { Runtime } from "../runtime/runtime.ts";
import { sameOrEqual } from "./equality.ts";
import { Markup } from "./markup.ts";
import { asNumeric } from "./numbers.ts";
import { typeError } from "./python-error.ts";
import { Tuple } from "./tuple.ts";
import { typeName } from "./type-name.ts";
import { Undefined } from "./undefined.ts";
import type { Value } from "./value.ts";

export type OrderOperator = "<" | "<=" | ">" | ">=";

/** `left < right` and its kin, for values Python can order. */
export function compareOrder(operator: OrderOperator, left: Value, right: Value, rt: Runtime): boolean {
  const a = asNumeric(left);
  if (a !== undefined) {
    const b = asNumeric(right);
    if (b !== undefined) return orderedNumbers(operator, a, b);
  }
  const text = textOf(left);
  const otherText = textOf(right);
  if (text !== undefined && otherText !== undefined) {
    rt.meter.walkText(Math.min(text.length, otherText.length));
    return orderedSigns(operator, compareText(text, otherText));
  }
  if (Array.isArray(left) && Array.isArray(right)) return orderedItems(operator, left, right, rt);
  if (left instanceof Tuple && right instanceof Tuple)
    return orderedItems(operator, left.items, right.items, rt);
  if (left instanceof Undefined) throw left.error();
  if (right instanceof Undefined) throw right.error();
  throw typeError(
    `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
  );
}

function textOf(value: Value): string | undefined {
  return typeof value === "string" ? value : value instanceof Markup ? value.text : undefined;
}

function orderedNumbers(operator: OrderOperator, a: number | bigint, b: number | bigint): boolean {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}

function orderedSigns(operator: OrderOperator, sign: number): boolean {
  return orderedNumbers(operator, sign, 0);
}

/** The first items that differ decide; otherwise the lengths do. */
function orderedItems(
  operator: OrderOperator,
  a: readonly Value[],
  b: readonly Value[],
  rt: Runtime,
): boolean {
  rt.meter.enter();
  const shared = Math.min(a.length, b.length);
  let index = 0;
  for (; index < shared; index++) {
    rt.meter.spend(1);
    if (!sameOrEqual(a[index] as Value, b[index] as Value, rt)) break;
  }
  const result =
    index < shared
      ? compareOrder(operator, a[index] as Value, b[index] as Value, rt)
      : orderedSigns(operator, a.length - b.length);
  rt.meter.leave();
  return result;
}

/** Order of two texts by code points. UTF-16 order differs where surrogates meet U+E000 and above. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points beyond all other units, so they rank behind them. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x10000 : unit;
}
