import type { Runtime } from "../runtime/runtime.ts";
import { Float } from "../values/float.ts";
import { asInteger } from "../values/numbers.ts";
import { typeError } from "../values/python-error.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { negate } from "./number-arithmetic.ts";

/** `-value` or `+value` */
export function unary(operator: "+" | "-", value: Value, _rt: Runtime): Value {
  const number = value instanceof Float ? value : asInteger(value);
  if (number !== undefined) return operator === "-" ? negate(number) : number;
  if (value instanceof Undefined) throw value.error();
  throw typeError(`bad operand type for unary ${operator}: '${typeName(value)}'`);
}
