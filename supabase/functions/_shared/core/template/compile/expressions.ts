import type { Conditional, Expression, Logical, Slice, Subscript } from "../ast/expressions.ts";
import { concatText } from "../operators/concat.ts";
import { getItem } from "../operators/subscript.ts";
import { part } from "../parts/parts.ts";
import { Dict } from "../values/dict.ts";
import { Float } from "../values/float.ts";
import { isTrue } from "../values/truth.ts";
import { Tuple } from "../values/tuple.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { compileAttribute, compileCall } from "./calls.ts";
import { compileFilter, compileTest } from "./filters.ts";
import { compileArithmetic, compileComparison, sign } from "./operations.ts";
import type { Evaluate, Scope } from "./scope.ts";
import { compileName } from "./variables.ts";

/** Turns an expression into a function that evaluates it. */
export function compileExpression(expression: Expression, scope: Scope): Evaluate {
  scope.compilation.nodes++;
  switch (expression.kind) {
    case "none":
      return constant(null);
    case "boolean":
    case "integer":
    case "string":
      return constant(expression.value);
    case "float":
      return constant(new Float(expression.value));
    case "name":
      return compileName(expression.name, scope);
    case "attribute":
      return compileAttribute(expression, scope);
    case "subscript":
      return compileSubscript(expression, scope);
    case "call":
      return compileCall(expression, scope);
    case "filter":
      return compileFilter(expression, scope);
    case "test":
      return compileTest(expression, scope);
    default:
      return compileOperation(expression, scope);
  }
}

/** An expression whose value is looked at as soon as it is there: where that fails, it has failed here. */
export function compilePlaced(expression: Expression, scope: Scope): Evaluate {
  const evaluate = compileExpression(expression, scope);
  return (frame) => {
    const value = evaluate(frame);
    frame.rt.at = expression;
    return value;
  };
}

function compileOperation(expression: Expression, scope: Scope): Evaluate {
  switch (expression.kind) {
    case "list":
      return compileItems(expression.items, scope);
    case "tuple": {
      const items = compileItems(expression.items, scope);
      return (frame) => new Tuple(items(frame));
    }
    case "dict":
      return compileDict(expression.entries, scope);
    case "not": {
      const operand = compilePlaced(expression.operand, scope);
      return (frame) => !isTrue(operand(frame), frame.rt);
    }
    case "unary": {
      const operand = compileExpression(expression.operand, scope);
      return (frame) => {
        const value = operand(frame);
        frame.rt.at = expression;
        return sign(expression.operator, value, frame.rt);
      };
    }
    case "arithmetic":
      return compileArithmetic(expression, scope);
    case "comparison":
      return compileComparison(expression, scope);
    case "concat":
      return compileConcat(expression.parts, scope);
    case "logical":
      return compileLogical(expression, scope);
    case "conditional":
      return compileConditional(expression, scope);
    default:
      throw scope.error("syntax_error", "a slice can only stand alone in a subscript", expression);
  }
}

function constant(value: Value): Evaluate {
  return () => value;
}

function compileItems(
  items: readonly Expression[],
  scope: Scope,
): (frame: Parameters<Evaluate>[0]) => Value[] {
  const parts = items.map((item) => compileExpression(item, scope));
  return (frame) => parts.map((part) => part(frame));
}

function compileDict(entries: readonly { key: Expression; value: Expression }[], scope: Scope): Evaluate {
  const parts = entries.map(({ key, value }) => ({
    key: compileExpression(key, scope),
    value: compileExpression(value, scope),
    place: key,
  }));
  return (frame) => {
    const dict = new Dict();
    for (const { key, value, place } of parts) {
      const name = key(frame);
      const item = value(frame);
      frame.rt.at = place;
      dict.set(name, item, frame.rt);
    }
    return dict;
  };
}

function compileSubscript(expression: Subscript, scope: Scope): Evaluate {
  const object = compileExpression(expression.object, scope);
  if (expression.index.kind === "slice") return compileSlice(expression, expression.index, object, scope);
  const index = compileExpression(expression.index, scope);
  return (frame) => {
    const value = object(frame);
    const key = index(frame);
    frame.rt.at = expression;
    return getItem(value, key, frame.rt);
  };
}

function compileSlice(expression: Subscript, index: Slice, object: Evaluate, scope: Scope): Evaluate {
  const { slice } = part("slices");
  const compileBound = (bound: Expression | null) =>
    bound ? compileExpression(bound, scope) : constant(null);
  const start = compileBound(index.start);
  const stop = compileBound(index.stop);
  const step = compileBound(index.step);
  return (frame) => {
    const value = object(frame);
    const [from, to, by] = [start(frame), stop(frame), step(frame)];
    frame.rt.at = expression;
    return slice(value, from, to, by, frame.rt);
  };
}

function compileConcat(parts: readonly Expression[], scope: Scope): Evaluate {
  const evaluate = compileItems(parts, scope);
  // Where only the render tells whether to escape, Jinja2 joins texts as if it did not.
  const concat = scope.escaping === true ? part("escaping").concatFor(parts) : concatText;
  return (frame) => concat(evaluate(frame), parts, frame.rt);
}

function compileLogical({ operator, operands }: Logical, scope: Scope): Evaluate {
  const parts = operands.slice(0, -1).map((operand) => compilePlaced(operand, scope));
  const last = compileExpression(operands.at(-1) as Expression, scope);
  const decides = operator === "or";
  return (frame) => {
    for (const part of parts) {
      const value = part(frame);
      if (isTrue(value, frame.rt) === decides) return value;
    }
    return last(frame);
  };
}

function compileConditional(expression: Conditional, scope: Scope): Evaluate {
  const soft = scope.softened();
  const condition = compilePlaced(expression.condition, soft);
  const whenTrue = compileExpression(expression.whenTrue, soft);
  const whenFalse = expression.whenFalse ? compileExpression(expression.whenFalse, soft) : undefined;
  const hint = `the inline if-expression on line ${expression.line} evaluated to false and no else section was defined.`;
  return (frame) => {
    if (isTrue(condition(frame), frame.rt)) return whenTrue(frame);
    return whenFalse ? whenFalse(frame) : new Undefined(false, { hint });
  };
}
