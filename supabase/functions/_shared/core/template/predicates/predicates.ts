import { FILTERS } from "../filters/filters.ts";
import { compare, contains } from "../operators/compare.ts";
import { part } from "../parts/parts.ts";
import { type Native, native } from "../runtime/native.ts";
import { NativeTable } from "../runtime/native-table.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { isLower, isUpper } from "../text/letter-case.ts";
import { Callable } from "../values/callable.ts";
import { Dict } from "../values/dict.ts";
import { equals } from "../values/equality.ts";
import { Float } from "../values/float.ts";
import { hashKey } from "../values/hash-key.ts";
import { tryIterate } from "../values/iteration.ts";
import { Markup } from "../values/markup.ts";
import { isNumber } from "../values/numbers.ts";
import { Range } from "../values/range.ts";
import { str } from "../values/text.ts";
import { Tuple } from "../values/tuple.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";

function isInteger(value: Value): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

function isText(value: Value): value is string | Markup {
  return typeof value === "string" || value instanceof Markup;
}

/** A sequence has a length and subscripts; where asking for them fails, the answer is no. */
function isSequence(value: Value): boolean {
  if (value instanceof Undefined) return !value.strict;
  return (
    isText(value) ||
    Array.isArray(value) ||
    value instanceof Tuple ||
    value instanceof Dict ||
    value instanceof Range
  );
}

/** Whether a table has an entry of that name. As in Python, a list or dict cannot even be looked for. */
function isNameIn(table: NativeTable, value: Value, rt: Runtime): boolean {
  const key = hashKey(value, rt);
  return isText(value) && typeof key === "string" && table.has(key);
}

function remainder(rt: Runtime, value: Value, divisor: Value): Value {
  if (typeof value !== "number" || typeof divisor !== "number" || divisor <= 0)
    return part("arithmetic").arithmetic("%", value, divisor, rt);
  const rest = value % divisor;
  return rest < 0 ? rest + divisor : rest;
}

/** `value is other`: the same object, or the same small constant. Of texts only what they say can tell. */
function isSame(rt: Runtime, value: Value, other: Value): boolean {
  if (typeof value === "string" && typeof other === "string") return equals(value, other, rt);
  return value === other;
}

const question = (name: string, ask: (value: Value, rt: Runtime) => boolean) =>
  native(name, "", (rt, value) => ask(value, rt));

/** Comparisons, each with the names its test has. */
const RELATIONS = {
  "==": "== eq equalto",
  "!=": "!= ne",
  ">": "> gt greaterthan",
  ">=": ">= ge",
  "<": "< lt lessthan",
  "<=": "<= le",
} as const;

/** Jinja2's tests: what may stand behind `is`. */
const PREDICATE_LIST: readonly Native[] = [
  native("odd", "", (rt, value) => equals(remainder(rt, value, 2), 1, rt)),
  native("even", "", (rt, value) => equals(remainder(rt, value, 2), 0, rt)),
  native("divisibleby", "num", (rt, value, num = null) => equals(remainder(rt, value, num), 0, rt)),
  question("defined", (value) => !(value instanceof Undefined)),
  question("undefined", (value) => value instanceof Undefined),
  question("filter", (value, rt) => isNameIn(FILTERS, value, rt)),
  question("test", (value, rt) => isNameIn(PREDICATES, value, rt)),
  question("none", (value) => value === null),
  question("boolean", (value) => typeof value === "boolean"),
  question("false", (value) => value === false),
  question("true", (value) => value === true),
  question("integer", isInteger),
  question("float", (value) => value instanceof Float),
  question("lower", (value, rt) => isLower(str(value, rt))),
  question("upper", (value, rt) => isUpper(str(value, rt))),
  question("string", isText),
  question("mapping", (value) => value instanceof Dict),
  question("number", isNumber),
  question("sequence", isSequence),
  question("iterable", (value, rt) => tryIterate(value, rt) !== undefined),
  question("callable", (value) => value instanceof Callable || value instanceof Undefined),
  native("sameas", "other", (rt, value, other = null) => isSame(rt, value, other)),
  question("escaped", (value) => value instanceof Markup),
  native("in", "seq", (rt, value, seq = null) => contains(seq, value, rt)),
  ...Object.entries(RELATIONS).flatMap(([sign, names]) =>
    names
      .split(" ")
      .map((name) =>
        native(name, "other, /", (rt, value, other = null) =>
          compare(sign as keyof typeof RELATIONS, value, other, rt),
        ),
      ),
  ),
];

export const PREDICATES = new NativeTable(PREDICATE_LIST);
