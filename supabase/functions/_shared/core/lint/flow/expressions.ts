import type {
  Attribute,
  Conditional,
  Expression,
  Logical,
  Position,
  Subscript,
} from "../../template/ast/expressions.ts";
import { evaluateCall } from "./calls.ts";
import { evaluateComparison, evidenceOf } from "./comparisons.ts";
import { evaluateFilter, evaluateTest } from "./filters-and-tests.ts";
import type { Evidence } from "./shape.ts";
import {
  chooseValue,
  collectionOf,
  DEFINED,
  literal,
  NO_NAMES,
  negated,
  partOf,
  union,
  type Value,
} from "./value.ts";
import type { Walker } from "./walker.ts";

/** Walks an expression: notes on the walker's path what it needs, and answers what is known of its value. */
export function evaluate(walker: Walker, expression: Expression): Value {
  switch (expression.kind) {
    case "none":
      return literal(false);
    case "boolean":
      return literal(expression.value);
    case "integer":
      return literal(Number(expression.value) !== 0);
    case "float":
      return literal(expression.value !== 0);
    case "string":
      return { ...literal(expression.value !== ""), nonEmpty: expression.value !== "" };
    case "name":
      return walker.read(expression.name, expression);
    case "list":
    case "tuple":
      return collectionOf(expression.items.map((item) => evaluate(walker, item)));
    case "dict":
      return collectionOf(expression.entries.map((entry) => evaluateEntry(walker, entry)));
    case "attribute":
      return evaluateAttribute(walker, expression);
    case "subscript":
      return evaluateSubscript(walker, expression);
    case "slice":
      for (const part of [expression.start, expression.stop, expression.step]) {
        if (part) walker.mayNeed(evaluate(walker, part), part);
      }
      return DEFINED;
    case "call":
      return evaluateCall(walker, expression);
    case "filter":
      return evaluateFilter(walker, expression);
    case "test":
      return evaluateTest(walker, expression);
    case "not":
      return negated(evaluateCondition(walker, expression.operand));
    case "unary":
      operate(walker, expression.operand, "number");
      return DEFINED;
    case "arithmetic":
      return evaluateArithmetic(walker, [expression.first, ...expression.rest.map((step) => step.operand)]);
    case "concat":
      for (const part of expression.parts) print(walker, evaluate(walker, part), part);
      return DEFINED;
    case "comparison":
      return evaluateComparison(walker, expression);
    case "logical":
      return evaluateLogical(walker, expression);
    case "conditional":
      return evaluateConditional(walker, expression);
  }
}

/** A value turned into text: printed, or joined to other text. */
export function print(walker: Walker, value: Value, position: Position): void {
  value.shape?.see("printed");
  if (walker.mode === "strict") walker.needs(value, position);
}

/** An expression used as a condition. Strictly, an undefined value has no truth; leniently it is false. */
export function evaluateCondition(walker: Walker, expression: Expression): Value {
  const value = evaluate(walker, expression);
  value.shape?.see("condition");
  if (walker.mode === "strict") {
    walker.needs(value, expression);
    return value;
  }
  return { ...value, falseWithout: union(value.falseWithout, value.undefinedWithout) };
}

function evaluateEntry(walker: Walker, entry: { key: Expression; value: Expression }): Value {
  const key = evaluate(walker, entry.key);
  walker.needs(key, entry.key);
  return evaluate(walker, entry.value);
}

function evaluateAttribute(walker: Walker, expression: Attribute): Value {
  const object = evaluate(walker, expression.object);
  walker.needs(object, expression.object);
  return partOf(object, object.shape?.field(expression.name) ?? null);
}

function evaluateSubscript(walker: Walker, expression: Subscript): Value {
  const object = evaluate(walker, expression.object);
  walker.needs(object, expression.object);
  const { index } = expression;
  const indexValue = evaluate(walker, index);
  walker.mayNeed(indexValue, index);
  if (index.kind === "slice") return { ...partOf(object, object.shape), maybeUndefinedWithout: NO_NAMES };
  if (index.kind === "string") return partOf(object, object.shape?.field(index.value) ?? null);
  if (index.kind === "integer" || index.kind === "unary") object.shape?.see("list");
  return partOf(object, object.shape?.items() ?? null);
}

function evaluateArithmetic(walker: Walker, operands: readonly Expression[]): Value {
  const evidence = evidenceOf(operands);
  const values = operands.map((operand) => operate(walker, operand, evidence));
  // `[a] + [b]` holds what both hold; for numbers the set is empty.
  return { ...DEFINED, innerUndefinedWithout: union(...values.map((value) => value.innerUndefinedWithout)) };
}

/** An operand of arithmetic: no undefined value has any. */
function operate(walker: Walker, operand: Expression, evidence: Evidence | null): Value {
  const value = evaluate(walker, operand);
  walker.needs(value, operand);
  if (evidence) value.shape?.see(evidence);
  return value;
}

/**
 * `a and b and c`: goes on to the next operand while they are true (`or`: while they are false). The value
 * is one of the operands, as in Python. Not recursive: a chain may have thousands of operands.
 */
function evaluateLogical(walker: Walker, expression: Logical): Value {
  const and = expression.operator === "and";
  const operands = expression.operands.slice(0, -1);
  const conditions: Value[] = [];
  for (const operand of operands) {
    const condition = evaluateCondition(walker, operand);
    conditions.push(condition);
    walker.enter(and ? condition.falseWithout : condition.trueWithout);
  }
  const last = expression.operands.at(-1);
  let value = last ? evaluate(walker, last) : DEFINED;
  for (const condition of conditions.reverse()) {
    const rest = walker.leave();
    const kept = { ...survivor(walker, condition), truth: !and };
    walker.rejoin(condition, and ? rest : null, and ? null : rest);
    value = and ? chooseValue(condition, value, kept) : chooseValue(condition, kept, value);
  }
  return value;
}

/** A value that has been used as a condition: strictly, it would have failed there had it been undefined. */
function survivor(walker: Walker, value: Value): Value {
  return walker.mode === "strict"
    ? { ...value, undefinedWithout: NO_NAMES, maybeUndefinedWithout: NO_NAMES }
    : value;
}

function evaluateConditional(walker: Walker, expression: Conditional): Value {
  const condition = evaluateCondition(walker, expression.condition);
  let then = DEFINED;
  let otherwise = DEFINED;
  walker.branch(
    condition,
    () => {
      then = evaluate(walker, expression.whenTrue);
    },
    () => {
      if (expression.whenFalse) otherwise = evaluate(walker, expression.whenFalse);
    },
  );
  return chooseValue(condition, then, otherwise);
}
