import type { ArithmeticOperator } from "../ast/expressions.ts";
import { part } from "../parts/parts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { Dict } from "../values/dict.ts";
import { DictView } from "../values/dict-view.ts";
import { Float } from "../values/float.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { notSupported, type PythonError, typeError } from "../values/python-error.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { floatArithmetic, integerArithmetic, negate } from "./number-arithmetic.ts";
import { repeatSequence } from "./repeat.ts";

/** `left operator right` for any two values. */
export function arithmetic(operator: ArithmeticOperator, left: Value, right: Value, rt: Runtime): Value {
  if (operator === "%" && (typeof left === "string" || left instanceof Markup)) {
    return part("percentFormat").percentFormat(left, right, rt);
  }
  if (left instanceof Undefined) throw left.error();
  if (right instanceof Undefined) throw right.error();
  const result =
    numberArithmetic(operator, left, right, rt) ??
    (operator === "+" ? add(left, right, rt) : undefined) ??
    (operator === "*" ? repeat(left, right, rt) : undefined);
  if (result === undefined) throw unsupported(operator, left, right);
  return result;
}

/** `-value` or `+value` */
export function unary(operator: "+" | "-", value: Value, _rt: Runtime): Value {
  const number = value instanceof Float ? value : asInteger(value);
  if (number !== undefined) return operator === "-" ? negate(number) : number;
  if (value instanceof Undefined) throw value.error();
  throw typeError(`bad operand type for unary ${operator}: '${typeName(value)}'`);
}

function numberArithmetic(
  operator: ArithmeticOperator,
  left: Value,
  right: Value,
  rt: Runtime,
): Value | undefined {
  const a = asInteger(left);
  const b = asInteger(right);
  if (a !== undefined && b !== undefined) return integerArithmetic(operator, a, b, rt);
  const x = left instanceof Float ? left.value : a;
  const y = right instanceof Float ? right.value : b;
  return x === undefined || y === undefined ? undefined : floatArithmetic(operator, x, y);
}

function add(left: Value, right: Value, rt: Runtime): Value | undefined {
  if (left instanceof Markup || right instanceof Markup) return joinMarkup(left, right, rt);
  if (typeof left === "string" && typeof right === "string") {
    rt.meter.reserveText(left.length + right.length);
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    rt.meter.reserveElements(left.length + right.length);
    return [...left, ...right];
  }
  if (left instanceof Tuple && right instanceof Tuple) {
    rt.meter.reserveElements(left.items.length + right.items.length);
    return new Tuple([...left.items, ...right.items]);
  }
  return undefined;
}

/** A text joined to markup is escaped, whichever side it stands on. */
function joinMarkup(left: Value, right: Value, rt: Runtime): Markup | undefined {
  const before =
    left instanceof Markup ? left.text : typeof left === "string" ? escapeHtml(left, rt.meter) : undefined;
  const after =
    right instanceof Markup
      ? right.text
      : typeof right === "string"
        ? escapeHtml(right, rt.meter)
        : undefined;
  if (before === undefined || after === undefined) return undefined;
  rt.meter.reserveText(before.length + after.length);
  return new Markup(before + after);
}

function repeat(left: Value, right: Value, rt: Runtime): Value | undefined {
  const times = asInteger(right);
  if (times !== undefined) return repeatSequence(left, times, rt);
  const timesLeft = asInteger(left);
  return timesLeft === undefined ? undefined : repeatSequence(right, timesLeft, rt);
}

const CONCATENABLE = new Set(["str", "list", "tuple"]);
const SET_LIKE = new Set(["dict_keys", "dict_items"]);

function unsupported(operator: ArithmeticOperator, left: Value, right: Value): PythonError {
  const [a, b] = [typeName(left), typeName(right)];
  if (operator === "-" && left instanceof DictView && SET_LIKE.has(a)) {
    return notSupported("Sets are not supported; use `reject` or `select` to leave out keys.");
  }
  if (operator === "+" && CONCATENABLE.has(a)) {
    const hint = a === "str" ? "join texts and other values with `~`" : undefined;
    return typeError(`can only concatenate ${a} (not "${b}") to ${a}`, hint);
  }
  if (operator === "*" && CONCATENABLE.has(a))
    return typeError(`can't multiply sequence by non-int of type '${b}'`);
  if (operator === "*" && CONCATENABLE.has(b))
    return typeError(`can't multiply sequence by non-int of type '${a}'`);
  const shown = operator === "**" ? "** or pow()" : operator;
  const hint =
    operator === "+" && (left instanceof Dict || right instanceof Dict)
      ? "join dicts with `dict(a, **b)`"
      : undefined;
  return typeError(`unsupported operand type(s) for ${shown}: '${a}' and '${b}'`, hint);
}
