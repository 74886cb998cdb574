import type { Runtime } from "../runtime/runtime.ts";
import { Float } from "./float.ts";
import { integerFromFloat } from "./integers.ts";
import { Markup } from "./markup.ts";
import { typeError } from "./python-error.ts";
import { Range } from "./range.ts";
import { Tuple } from "./tuple.ts";
import { typeName } from "./type-name.ts";
import { Undefined } from "./undefined.ts";
import type { TemplateObject, Value } from "./value.ts";

/** What a JavaScript `Map` can use so that Python's equal keys are one key. */
export type HashKey = string | number | bigint | null | TemplateObject;

/*
 * Strings are their own hash. Values that need an encoding get a string beginning with U+0000, and a
 * string that begins so itself is moved out of their way.
 */
const ESCAPE = "\0";

const UNHASHABLE: ReadonlySet<string> = new Set(["dict", "dict_items", "dict_keys"]);

/** @throws PythonError a `type_error` for lists and dicts, which cannot be keys */
export function hashKey(value: Value, rt?: Runtime): HashKey {
  switch (typeof value) {
    case "string":
      return stringHash(value);
    case "number":
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
    default:
      return value === null ? null : objectHash(value, rt);
  }
}

function stringHash(value: string): string {
  return value.charCodeAt(0) === 0 ? `${ESCAPE}s${value}` : value;
}

function objectHash(value: Value[] | TemplateObject, rt: Runtime | undefined): HashKey {
  if (value instanceof Float) return floatHash(value.value);
  if (value instanceof Markup) return stringHash(value.text);
  if (value instanceof Tuple) return tupleHash(value, rt);
  if (value instanceof Undefined) return value.hash();
  if (value instanceof Range) return rangeHash(value);
  if (Array.isArray(value) || UNHASHABLE.has(value.typeName)) {
    throw typeError(`unhashable type: '${typeName(value)}'`);
  }
  return value;
}

function floatHash(value: number): HashKey {
  return Number.isInteger(value) ? integerFromFloat(value) : value;
}

/** Ranges are one key when they hold the same numbers. */
function rangeHash({ size, start, step }: Range): string {
  return `${ESCAPE}r${size === 0 ? "" : size === 1 ? start : `${size} ${start} ${step}`}`;
}

/** Objects that are keys by identity get a number, per render, to stand for them inside a tuple. */
function tupleHash(tuple: Tuple, rt: Runtime | undefined): string {
  rt?.meter.reserveElements(tuple.items.length);
  const parts = tuple.items.map((item) => {
    const hash = hashKey(item, rt);
    const text = typeof hash === "object" && hash !== null ? `#${rt?.identity(hash) ?? 0}` : String(hash);
    const kind = typeof hash === "string" ? "s" : typeof hash === "bigint" ? "n" : (typeof hash).charAt(0);
    return `${kind}${text.length}:${text}`;
  });
  const text = `${ESCAPE}t${parts.join("")}`;
  rt?.meter.reserveText(text.length);
  return text;
}
