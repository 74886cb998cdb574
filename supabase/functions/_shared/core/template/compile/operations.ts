import type { Arithmetic, ArithmeticOperator, Comparison, Position } from "../ast/expressions.ts";
import { compare } from "../operators/compare.ts";
import { part } from "../parts/parts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Value } from "../values/value.ts";
import { compileExpression } from "./expressions.ts";
import type { Evaluate, Scope } from "./scope.ts";

/** A run of operators is a loop here, so its length costs no depth. */
export function compileArithmetic(expression: Arithmetic, scope: Scope): Evaluate {
  const first = compileExpression(expression.first, scope);
  const steps: readonly Step[] = expression.rest.map((step) => ({
    operator: step.operator,
    operand: compileExpression(step.operand, scope),
    place: step,
  }));
  if (steps[0]?.operator === "**") {
    const powers = part("powers");
    const signed = powers.signedPower(expression);
    if (signed >= 0) return powers.compileSignedPower(first, steps, signed);
  }
  return (frame) => {
    let value = first(frame);
    for (const { operator, operand, place } of steps)
      value = apply(operator, value, operand(frame), place, frame.rt);
    return value;
  };
}

export interface Step {
  readonly operator: ArithmeticOperator;
  readonly operand: Evaluate;
  readonly place: Position;
}

/** One step, quickly where both sides are small integers or texts. */
export function apply(
  operator: ArithmeticOperator,
  left: Value,
  right: Value,
  place: Position,
  rt: Runtime,
): Value {
  if (typeof left === "number" && typeof right === "number") {
    const result = small(operator, left, right);
    if (Number.isSafeInteger(result)) return result;
  }
  rt.at = place;
  if (operator === "+" && typeof left === "string" && typeof right === "string") {
    rt.meter.reserveText(left.length + right.length);
    return left + right;
  }
  return part("arithmetic").arithmetic(operator, left, right, rt);
}

function small(operator: ArithmeticOperator, left: number, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  // Adding zero keeps -0 from arising.
  if (operator === "*") return left * right + 0;
  return Number.NaN;
}

/** `-value` or `+value` */
export function sign(operator: "+" | "-", value: Value, rt: Runtime): Value {
  if (typeof value === "number") return operator === "-" ? -value + 0 : value;
  return part("arithmetic").unary(operator, value, rt);
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
