import type { Runtime } from "../runtime/runtime.ts";
import type { Integer } from "./integers.ts";
import { Markup } from "./markup.ts";
import { asInteger } from "./numbers.ts";
import { overflowError, typeError } from "./python-error.ts";
import { str } from "./text.ts";
import { typeName } from "./type-name.ts";
import { Undefined } from "./undefined.ts";
import type { Value } from "./value.ts";

/** The value where Python takes an index (`__index__`): an `int` or `bool`. */
export function toIndex(value: Value): Integer {
  const index = asInteger(value);
  if (index !== undefined) return index;
  if (value instanceof Undefined) throw value.error();
  throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
}

/** {@link toIndex} for sizes and counts, which C keeps in 64 bits. */
export function toSize(value: Value): number {
  const index = toIndex(value);
  if (typeof index === "bigint" && (index >= 2n ** 63n || index < -(2n ** 63n))) {
    throw overflowError("Python int too large to convert to C ssize_t");
  }
  return Number(index);
}

/** A text where Python takes only a `str`, `Markup` included. */
export function toStr(value: Value, what: string): string {
  if (typeof value === "string") return value;
  if (value instanceof Markup) return value.text;
  if (value instanceof Undefined) throw typeError(`${what} must be str, not Undefined`);
  throw typeError(`${what} must be str, not ${typeName(value)}`);
}

/** `soft_str`: any value as text, markup left to be markup. */
export function softStr(value: Value, rt: Runtime): string | Markup {
  return typeof value === "string" || value instanceof Markup ? value : str(value, rt);
}

/** The text of what {@link softStr} answers. */
export function softText(value: Value, rt: Runtime): string {
  return value instanceof Markup ? value.text : str(value, rt);
}

/** Gives a text made from another the other's kind: from markup comes markup. */
export function likeText(original: Value, text: string): Value {
  return original instanceof Markup ? new Markup(text) : text;
}
