import type { Arguments, Filter, Position, Test } from "../ast/expressions.ts";
import type { FilterStep } from "../ast/statements.ts";
import { FILTERS } from "../filters/filters.ts";
import { part } from "../parts/parts.ts";
import { PREDICATES } from "../predicates/predicates.ts";
import { callNative, type Native, type NativeBody } from "../runtime/native.ts";
import type { NativeTable } from "../runtime/native-table.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { PythonError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";
import { compileArguments } from "./calls.ts";
import { compileExpression } from "./expressions.ts";
import type { Evaluate, Scope } from "./scope.ts";

export function compileFilter(expression: Filter, scope: Scope): Evaluate {
  const input = compileExpression(expression.input, scope);
  return applyNative(findFilter(expression, scope), input, expression.args, expression, scope);
}

export function compileTest(expression: Test, scope: Scope): Evaluate {
  const input = compileExpression(expression.input, scope);
  const predicate = find(PREDICATES, "test", expression, scope);
  return applyNative(predicate, input, expression.args, expression, scope);
}

/** Applies filters one after another to what `input` answers. */
export function compileFilterSteps(steps: readonly FilterStep[], input: Evaluate, scope: Scope): Evaluate {
  return steps.reduce<Evaluate>(
    (value, step) => applyNative(findFilter(step, scope), value, step.args, step, scope),
    input,
  );
}

function findFilter(step: FilterStep | Filter, scope: Scope): Native {
  if (step.name === "tojson" && scope.compilation.template.chat) return part("json").CHAT_TO_JSON;
  return find(FILTERS, "filter", step, scope);
}

function find(
  table: NativeTable,
  kind: "filter" | "test",
  named: Position & { name: string },
  scope: Scope,
): Native {
  const entry = table.get(named.name);
  if (entry) return entry;
  const hint = didYouMean(named.name, table.keys());
  const code = kind === "filter" ? "unknown_filter" : "unknown_test";
  const message = `No ${kind} named '${named.name}'.`;
  if (!scope.soft) throw scope.error(code, message, named, hint);
  // Behind a condition it may be meant for other versions, and only fails when it is reached.
  return {
    ...MISSING,
    variadic: () => {
      throw new PythonError(code, message, { hint });
    },
  };
}

const MISSING: Native = {
  name: "",
  parameters: [],
  required: 0,
  positionalOnly: 0,
  body: undefined,
  variadic: undefined,
};

/** Calls a filter or test; arguments that are simply passed in order skip all binding. */
function applyNative(
  entry: Native,
  input: Evaluate,
  args: Arguments,
  place: Position,
  scope: Scope,
): Evaluate {
  const { body } = entry;
  const count = args.positional.length;
  const inOrder = args.named.length === 0 && !args.spread && !args.namedSpread;
  if (body && inOrder && count >= entry.required && count <= entry.parameters.length && count <= 1) {
    return applyShort(body, input, args, place, scope);
  }
  const evaluate = compileArguments(args, scope);
  return (frame) => {
    const value = input(frame);
    const passed = evaluate(frame);
    frame.rt.at = place;
    return callNative(entry, frame.rt, value, passed);
  };
}

function applyShort(
  body: NativeBody<Value>,
  input: Evaluate,
  args: Arguments,
  place: Position,
  scope: Scope,
): Evaluate {
  const [only] = args.positional;
  if (!only) {
    return (frame) => {
      const value = input(frame);
      frame.rt.at = place;
      return body(frame.rt, value);
    };
  }
  const argument = compileExpression(only, scope);
  return (frame) => {
    const value = input(frame);
    const passed = argument(frame);
    frame.rt.at = place;
    return body(frame.rt, value, passed);
  };
}
