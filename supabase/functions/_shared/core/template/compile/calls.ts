import type { Arguments, Attribute, Call } from "../ast/expressions.ts";
import { methodOf } from "../methods/method-tables.ts";
import { getAttribute } from "../operators/subscript.ts";
import type { Frame } from "../runtime/context.ts";
import { type CallArguments, callNative, NO_CALL_ARGUMENTS } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { callValue } from "../values/callable.ts";
import { Dict } from "../values/dict.ts";
import { toList } from "../values/iteration.ts";
import { Markup } from "../values/markup.ts";
import { typeError } from "../values/python-error.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { compileExpression, compilePlaced } from "./expressions.ts";
import type { Evaluate, Scope } from "./scope.ts";

export type EvaluateArguments = (frame: Frame) => CallArguments;

/** Evaluates a call's arguments. `caller` is what a call block adds to them. */
export function compileArguments(args: Arguments, scope: Scope, caller?: Evaluate): EvaluateArguments {
  const positional = args.positional.map((argument) => compileExpression(argument, scope));
  const named = args.named.map(({ name, value }) => ({ name, value: compileExpression(value, scope) }));
  if (caller) named.push({ name: "caller", value: caller });
  const spread = args.spread ? compilePlaced(args.spread, scope) : undefined;
  const namedSpread = args.namedSpread ? compilePlaced(args.namedSpread, scope) : undefined;
  if (!spread && !namedSpread && named.length === 0) {
    if (positional.length === 0) return () => NO_CALL_ARGUMENTS;
    return (frame) => ({ positional: positional.map((argument) => argument(frame)), named: undefined });
  }
  return (frame) => {
    const values = positional.map((argument) => argument(frame));
    if (spread) values.push(...toList(spread(frame), frame.rt));
    const byName = new Map<string, Value>();
    for (const { name, value } of named) byName.set(name, value(frame));
    if (namedSpread) addNamed(byName, namedSpread(frame), frame.rt);
    return { positional: values, named: byName.size > 0 ? byName : undefined };
  };
}

function addNamed(named: Map<string, Value>, mapping: Value, rt: Runtime): void {
  if (!(mapping instanceof Dict))
    throw typeError(`argument after ** must be a mapping, not ${typeName(mapping)}`);
  rt.meter.reserveElements(mapping.size);
  for (const [key, value] of mapping.entries()) {
    const name = key instanceof Markup ? key.text : key;
    if (typeof name !== "string") throw typeError("keywords must be strings");
    if (named.has(name)) throw typeError(`got multiple values for keyword argument '${name}'`);
    named.set(name, value);
  }
}

export function compileAttribute(expression: Attribute, scope: Scope): Evaluate {
  const object = compileExpression(expression.object, scope);
  const { name } = expression;
  // Most attributes are keys of dicts; unless a method of that name hides them, they are read at once.
  const plainKey = !name.startsWith("_") && methodOf(new Dict(), name) === undefined;
  return (frame) => {
    const value = object(frame);
    const item = plainKey && value instanceof Dict ? value.getString(name) : undefined;
    if (item !== undefined) return item;
    frame.rt.at = expression;
    return getAttribute(value, name, frame.rt);
  };
}

/** A call; `caller` is what a call block passes along. */
export function compileCall(expression: Call, scope: Scope, caller?: Evaluate): Evaluate {
  const args = compileArguments(expression.args, scope, caller);
  const { callee } = expression;
  if (callee.kind === "attribute") return compileMethodCall(expression, callee, args, scope);
  const evaluate = compileExpression(callee, scope);
  return (frame) => {
    const value = evaluate(frame);
    const passed = args(frame);
    frame.rt.at = expression;
    return callValue(value, frame.rt, passed);
  };
}

/** A method is called at once, without making an object for it first. */
function compileMethodCall(
  expression: Call,
  callee: Attribute,
  args: EvaluateArguments,
  scope: Scope,
): Evaluate {
  scope.compilation.nodes++;
  const object = compileExpression(callee.object, scope);
  const { name } = callee;
  return (frame) => {
    const { rt } = frame;
    const value = object(frame);
    const method = methodOf(value, name);
    if (method) {
      const passed = args(frame);
      rt.at = callee;
      return callNative(method, rt, value, passed);
    }
    rt.at = callee;
    const found = getAttribute(value, name, rt);
    const passed = args(frame);
    rt.at = expression;
    return callValue(found, rt, passed);
  };
}
