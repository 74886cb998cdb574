import type { Arithmetic, ArithmeticOperator, Comparison, Position } from "../ast.ts";
import { arithmetic } from "../operators/arithmetic.ts";
import { compare } from "../operators/compare.ts";
import { unary } from "../operators/unary.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { Float } from "../values/float.ts";
import type { Value } from "../values/value.ts";
import { isConstant } from "./constants.ts";
import { compileExpression } from "./expressions.ts";
import type { Evaluate, Scope } from "./scope.ts";

/** A run of operators is a loop here, so its length costs no depth. */
export function compileArithmetic(expression: Arithmetic, scope: Scope): Evaluate {
  const first = compileExpression(expression.first, scope);
  const steps = expression.rest.map((step) => ({
    operator: step.operator,
    operand: compileExpression(step.operand, scope),
    place: step,
  }));
  const signed = signedPower(expression);
  if (signed >= 0) return compileSignedPower(first, steps, signed);
  return (frame) => {
    let value = first(frame);
    for (const { operator, operand, place } of steps)
      value = apply(operator, value, operand(frame), place, frame.rt);
    return value;
  };
}

interface Step {
  readonly operator: ArithmeticOperator;
  readonly operand: Evaluate;
  readonly place: Position;
}

/**
 * Which step raises a constant to a power that is not, or -1. Jinja2 has computed the constant when it
 * compiles and writes it out before the `**`, which in Python binds tighter than a minus: with `n` = 2,
 * `-3 ** n` is -9, as is `(1 - 4) ** n`, while `-3 ** 2` is 9.
 */
function signedPower({ first, rest }: Arithmetic): number {
  const index = rest[0]?.operator === "**" ? rest.findIndex(({ operand }) => !isConstant(operand)) : -1;
  return index >= 0 && isConstant(first) ? index : -1;
}

function compileSignedPower(first: Evaluate, steps: readonly Step[], signed: number): Evaluate {
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

function apply(operator: ArithmeticOperator, left: Value, right: Value, place: Position, rt: Runtime): Value {
  if (typeof left === "number" && typeof right === "number") {
    const result = operator === "+" ? left + right : operator === "-" ? left - right : Number.NaN;
    if (Number.isSafeInteger(result)) return result;
  }
  rt.at = place;
  return arithmetic(operator, left, right, rt);
}

export function compileComparison(expression: Comparison, scope: Scope): Evaluate {
  const first = compileExpression(expression.first, scope);
  const steps = expression.rest.map((step) => ({
    operator: step.operator,
    operand: compileExpression(step.operand, scope),
    place: step,
  }));
  return (frame) => {
    let left = first(frame);
    for (const { operator, operand, place } of steps) {
      const right = operand(frame);
      frame.rt.at = place;
      if (!compare(operator, left, right, frame.rt)) return false;
      left = right;
    }
    return true;
  };
}
