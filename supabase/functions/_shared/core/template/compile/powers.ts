import type { Arithmetic } from "../ast/expressions.ts";
import { unary } from "../operators/arithmetic.ts";
import { Float } from "../values/float.ts";
import type { Value } from "../values/value.ts";
import { isConstant } from "./constants.ts";
import { apply, type Step } from "./operations.ts";
import type { Evaluate } from "./scope.ts";

/**
 * Which step raises a constant to a power that is not, or -1. Jinja2 has computed the constant when it
 * compiles and writes it out before the `**`, which in Python binds tighter than a minus: with `n` = 2,
 * `-3 ** n` is -9, as is `(1 - 4) ** n`, while `-3 ** 2` is 9.
 */
export function signedPower({ first, rest }: Arithmetic): number {
  const index = rest[0]?.operator === "**" ? rest.findIndex(({ operand }) => !isConstant(operand)) : -1;
  return index >= 0 && isConstant(first) ? index : -1;
}

export function compileSignedPower(first: Evaluate, steps: readonly Step[], signed: number): Evaluate {
  return (frame) => {
    const { rt } = frame;
    let value = first(frame);
    steps.forEach(({ operator, operand, place }, index) => {
      const minus = index === signed && isNegative(value);
      const base = minus ? unary("-", value, rt) : value;
      const result = apply(operator, base, operand(frame), place, rt);
      value = minus ? unary("-", result, rt) : result;
    });
    return value;
  };
}

function isNegative(value: Value): boolean {
  if (value instanceof Float) return value.value < 0 || Object.is(value.value, -0);
  return (typeof value === "number" || typeof value === "bigint") && value < 0;
}
