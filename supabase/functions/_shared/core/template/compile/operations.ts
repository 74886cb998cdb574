import type { Arithmetic, ArithmeticOperator, Comparison, Position } from "../ast.ts";
import { arithmetic } from "../operators/arithmetic.ts";
import { compare } from "../operators/compare.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Value } from "../values/value.ts";
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
  return (frame) => {
    let value = first(frame);
    for (const { operator, operand, place } of steps)
      value = apply(operator, value, operand(frame), place, frame.rt);
    return value;
  };
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
