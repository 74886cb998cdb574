import type { Comparison, ComparisonStep, Expression } from "../../template/ast/expressions.ts";
import { evaluate } from "./expressions.ts";
import type { Evidence } from "./shape.ts";
import { DEFINED, type Value } from "./value.ts";
import type { Walker } from "./walker.ts";

/** What the literals among operands tell about the others. */
export function evidenceOf(operands: readonly Expression[]): Evidence | null {
  for (const operand of operands) {
    if (operand.kind === "integer" || operand.kind === "float") return "number";
    if (operand.kind === "string") return "string";
    if (operand.kind === "boolean") return "boolean";
    if (operand.kind === "list") return "list";
  }
  return null;
}

export function evaluateComparison(walker: Walker, expression: Comparison): Value {
  let left = expression.first;
  let leftValue = evaluate(walker, left);
  expression.rest.forEach((step, index) => {
    let rightValue = DEFINED;
    const compare = () => {
      rightValue = evaluate(walker, step.operand);
      comparePair(walker, left, leftValue, step, rightValue);
    };
    // A chain stops at the first pair that does not hold, so later pairs may never be looked at.
    if (index === 0) compare();
    else walker.branch(DEFINED, compare, () => {});
    left = step.operand;
    leftValue = rightValue;
  });
  return DEFINED;
}

function comparePair(
  walker: Walker,
  left: Expression,
  leftValue: Value,
  step: ComparisonStep,
  right: Value,
): void {
  const evidence = evidenceOf([left, step.operand]);
  if (step.operator === "in" || step.operator === "not in") {
    compareMembership(walker, left, leftValue, step, right);
    return;
  }
  const ordering = step.operator !== "==" && step.operator !== "!=";
  if (evidence && evidence !== "boolean") {
    leftValue.shape?.see(evidence);
    right.shape?.see(evidence);
  } else if (evidence) {
    leftValue.shape?.see("condition");
    right.shape?.see("condition");
  }
  if (walker.mode === "lenient" && !ordering) return;
  walker.needs(leftValue, left);
  walker.needs(right, step.operand);
}

function compareMembership(
  walker: Walker,
  left: Expression,
  leftValue: Value,
  step: ComparisonStep,
  right: Value,
): void {
  if (step.operand.kind === "list" || step.operand.kind === "tuple") {
    const evidence = evidenceOf(step.operand.items);
    if (evidence) leftValue.shape?.see(evidence);
  }
  if (walker.mode === "lenient") return;
  walker.needs(right, step.operand);
  if (right.nonEmpty) walker.needs(leftValue, left);
  else walker.mayNeed(leftValue, left);
}
