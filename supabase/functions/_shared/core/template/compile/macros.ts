import type { CallBlock, Macro as MacroNode } from "../ast/statements.ts";
import { Frame } from "../runtime/context.ts";
import { Macro, type MacroArguments, type MacroShape } from "../runtime/macro.ts";
import type { Value } from "../values/value.ts";
import { analyzeMacro } from "./analyze.ts";
import { compileCall } from "./calls.ts";
import { compileExpression } from "./expressions.ts";
import { requireText } from "./require-text.ts";
import { type Execute, GO_ON, type Scope } from "./scope.ts";
import { compileBody, compilePublish } from "./statements.ts";
import { Layout } from "./symbols.ts";
import { compileEnter } from "./variables.ts";
import { findSpecialNames } from "./walk-names.ts";

type Define = (frame: Frame) => Macro;

export function compileMacro(node: MacroNode, scope: Scope): Execute {
  const define = compileDefinition(node, node.name, scope);
  const { slot } = scope.variable(node.name);
  const publish = compilePublish([node.name], scope);
  return (frame) => {
    frame.slots[slot] = define(frame);
    publish(frame);
    return GO_ON;
  };
}

/** `{% call %}`: calls something and hands it the block's body as `caller`. */
export function compileCallBlock(node: CallBlock, scope: Scope): Execute {
  const define = compileDefinition(node, undefined, scope);
  const call = compileCall(node.call, scope, define);
  return (frame) => {
    const value = call(frame);
    frame.rt.at = node;
    frame.rt.output.write(requireText(value));
    return GO_ON;
  };
}

function compileDefinition(node: MacroNode | CallBlock, name: string | undefined, scope: Scope): Define {
  const layout = new Layout(scope.layout);
  const inner = scope.inner(layout);
  inner.outputGuarded = false;
  inner.inLoop = false;
  const parameters = node.parameters.map((parameter) => parameter.name);
  const special = findSpecialNames(node.body);
  const caller = node.parameters.find((parameter) => parameter.name === "caller" && !parameter.default);
  if (caller && special.has("caller")) {
    const message = 'a "caller" argument must be given a default, or be left out: it is always there';
    throw scope.error("syntax_error", message, caller);
  }
  const shape: MacroShape = {
    name,
    parameters,
    usesCaller: special.has("caller"),
    usesKwargs: special.has("kwargs") && !parameters.includes("kwargs"),
    usesVarargs: special.has("varargs") && !parameters.includes("varargs"),
  };
  const receive = compileReceive(node, shape, inner);
  const body = compileBody(node.body, inner);
  const enter = compileEnter(inner);
  const { template } = scope.compilation;
  return (frame) => {
    const { rt, context } = frame;
    return new Macro(shape, (args) =>
      rt.within(template, context.escaping, () => {
        rt.meter.enter();
        const own = new Frame(rt, layout.size, context, frame);
        const text = rt.output.capture(() => {
          enter(own);
          receive(own, args);
          body(own);
        });
        rt.meter.leave();
        return text;
      }),
    );
  };
}

/** Puts a call's arguments into the macro's variables; defaults are evaluated for what was not passed. */
function compileReceive(
  node: MacroNode | CallBlock,
  shape: MacroShape,
  inner: Scope,
): (frame: Frame, args: MacroArguments) => void {
  analyzeMacro(node, inner.symbols);
  const declare = (name: string, used: boolean) => (used ? inner.symbols.declare(name).slot : -1);
  const caller = declare("caller", shape.usesCaller && !shape.parameters.includes("caller"));
  const kwargs = declare("kwargs", shape.usesKwargs);
  const varargs = declare("varargs", shape.usesVarargs);
  const parameters = node.parameters.map(({ name, default: fallback }) => ({
    name,
    slot: inner.variable(name).slot,
    fallback: fallback ? compileExpression(fallback, inner) : undefined,
  }));
  return (frame, args) => {
    parameters.forEach(({ slot }, index) => {
      frame.slots[slot] = args.parameters[index];
    });
    if (caller >= 0) frame.slots[caller] = args.caller;
    if (kwargs >= 0) frame.slots[kwargs] = args.kwargs;
    if (varargs >= 0) frame.slots[varargs] = args.varargs;
    for (const { name, slot, fallback } of parameters) {
      if (frame.slots[slot] === undefined)
        frame.slots[slot] = fallback ? fallback(frame) : notPassed(frame, name);
    }
  };
}

function notPassed(frame: Frame, name: string): Value {
  return frame.rt.undefined({ hint: `parameter '${name}' was not provided`, variable: name });
}
