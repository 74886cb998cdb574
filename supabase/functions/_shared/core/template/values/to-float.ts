import type { Runtime } from "../runtime/runtime.ts";
import { Float } from "./float.ts";
import { integerToFloat } from "./integers.ts";
import { asInteger } from "./numbers.ts";
import { typeError } from "./python-error.ts";
import { typeName } from "./type-name.ts";
import { Undefined } from "./undefined.ts";
import type { Value } from "./value.ts";

/** A number as JavaScript's, where the value must be `int`, `bool` or `float`. */
export function toFloat(value: Value, _rt: Runtime): number {
  if (value instanceof Float) return value.value;
  const number = asInteger(value);
  if (number !== undefined) return integerToFloat(number);
  if (value instanceof Undefined) throw value.error();
  throw typeError(`must be real number, not ${typeName(value)}`);
}
