import type { Runtime } from "../runtime/runtime.ts";
import { Dict } from "./dict.ts";
import { DictView } from "./dict-view.ts";
import { Markup } from "./markup.ts";
import { asNumeric } from "./numbers.ts";
import { Range } from "./range.ts";
import { Tuple } from "./tuple.ts";
import { Undefined } from "./undefined.ts";
import type { Value } from "./value.ts";

/** `left == right`. Comparing containers costs steps, so shared structure cannot make it explode. */
export function equals(left: Value, right: Value, rt: Runtime): boolean {
  // A strict undefined value refuses even to be compared.
  if (left instanceof Undefined) return equalUndefined(left, right);
  if (right instanceof Undefined) return equalUndefined(right, left);
  if (typeof left === "string" && typeof right === "string") return equalTexts(left, right, rt);
  if (left === right) return true;
  const number = asNumeric(left);
  if (number !== undefined) {
    const other = asNumeric(right);
    // `==` compares a bigint with a number by value, and exactly.
    // biome-ignore lint/suspicious/noDoubleEquals: mixed number and bigint
    return other !== undefined && number == other;
  }
  return equalObjects(left, right, rt);
}

function equalUndefined(value: Undefined, other: Value): boolean {
  if (value.strict) throw value.error();
  if (other instanceof Undefined && other.strict) throw other.error();
  return other instanceof Undefined;
}

function equalTexts(left: string, right: string, rt: Runtime): boolean {
  if (left.length !== right.length) return false;
  rt.meter.walkText(left.length);
  return left === right;
}

function equalObjects(left: Value, right: Value, rt: Runtime): boolean {
  if (left instanceof Markup || right instanceof Markup) {
    const text = plainText(left);
    const other = plainText(right);
    return text !== undefined && other !== undefined && equalTexts(text, other, rt);
  }
  if (Array.isArray(left)) return Array.isArray(right) && equalItems(left, right, rt);
  if (left instanceof Tuple) return right instanceof Tuple && equalItems(left.items, right.items, rt);
  if (left instanceof Dict) return right instanceof Dict && equalDicts(left, right, rt);
  if (left instanceof Range) return right instanceof Range && left.equals(right);
  if (left instanceof DictView) return right instanceof DictView && left.equals(right, rt);
  return false;
}

function plainText(value: Value): string | undefined {
  return value instanceof Markup ? value.text : typeof value === "string" ? value : undefined;
}

function equalItems(left: readonly Value[], right: readonly Value[], rt: Runtime): boolean {
  if (left.length !== right.length) return false;
  rt.meter.enter();
  const equal = left.every((item, index) => {
    rt.meter.spend(1);
    return sameOrEqual(item, right[index] as Value, rt);
  });
  rt.meter.leave();
  return equal;
}

function equalDicts(left: Dict, right: Dict, rt: Runtime): boolean {
  if (left.size !== right.size) return false;
  rt.meter.enter();
  for (const [key, value] of left.entries()) {
    rt.meter.spend(1);
    const other = right.get(key, rt);
    if (other === undefined || !sameOrEqual(value, other, rt)) {
      rt.meter.leave();
      return false;
    }
  }
  rt.meter.leave();
  return true;
}

/** Inside containers Python takes an object to be equal to itself without asking it. */
export function sameOrEqual(left: Value, right: Value, rt: Runtime): boolean {
  // Of two texts JavaScript cannot tell whether they are one object: `===` reads them, which has its price.
  return (typeof left !== "string" && left === right) || equals(left, right, rt);
}
