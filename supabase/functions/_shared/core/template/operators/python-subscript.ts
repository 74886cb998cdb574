import type { Runtime } from "../runtime/runtime.ts";
import { Dict } from "../values/dict.ts";
import { Float } from "../values/float.ts";
import { asInteger } from "../values/numbers.ts";
import { PythonError, typeError } from "../values/python-error.ts";
import { repr } from "../values/text.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { itemOf } from "./subscript.ts";

/** `value[key]` as Python itself does it, with its errors, where Jinja2 does not stand between. */
export function subscript(value: Value, key: Value, rt: Runtime): Value {
  if (value instanceof Undefined) throw value.error();
  if (value instanceof Dict) {
    const item = value.item(key, rt);
    if (item === undefined) throw new PythonError("key_error", repr(key, rt));
    return item;
  }
  if (asInteger(key) === undefined || key instanceof Float) {
    throw typeError(`${typeName(value)} indices must be integers or slices, not ${typeName(key)}`);
  }
  const item = itemOf(value, key, rt);
  if (item === undefined) throw new PythonError("index_error", `${typeName(value)} index out of range`);
  return item;
}
