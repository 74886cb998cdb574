import type { FilterBlock, SetBlock, With } from "../ast/statements.ts";
import type { Frame } from "../runtime/context.ts";
import { Markup } from "../values/markup.ts";
import { str } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { analyzeBody, analyzeWith } from "./analyze.ts";
import { compileExpression } from "./expressions.ts";
import { compileFilterSteps } from "./filters.ts";
import { requireText } from "./require-text.ts";
import { type Execute, GO_ON, type Scope, type Signal } from "./scope.ts";
import { compileBody, compilePublish } from "./statements.ts";
import { compileEnter, compileTarget, targetNames } from "./variables.ts";
import { walkFilters } from "./walk-names.ts";

/** Runs a body and answers what it wrote, with the signal it ended by. */
function capture(body: Execute, frame: Frame): { text: string; signal: Signal } {
  let signal: Signal = GO_ON;
  const text = frame.rt.output.capture(() => {
    signal = body(frame);
  });
  return { text, signal };
}

/** The captured text as what filters are given. */
function asFilterInput(text: string, scope: Scope, frame: Frame): Value {
  const escaping = scope.escaping === true || (scope.escaping === "dynamic" && frame.rt.autoescape);
  return escaping ? new Markup(text) : text;
}

export function compileSetBlock(statement: SetBlock, scope: Scope): Execute {
  const inner = scope.inner();
  inner.outputGuarded = false;
  analyzeBody(statement.body, inner.symbols);
  walkFilters(statement.filters, { read: (name) => inner.symbols.load(name), write: () => {} });
  const body = compileBody(statement.body, inner);
  const slot = inner.temporarySlot();
  const filtered = compileFilterSteps(statement.filters, (frame) => frame.slots[slot] as Value, inner);
  const enter = compileEnter(inner);
  const assign = compileTarget(statement.target, scope);
  const publish = compilePublish(targetNames(statement.target), scope);
  return (frame) => {
    enter(frame);
    const { text, signal } = capture(body, frame);
    if (signal !== GO_ON) return signal;
    frame.slots[slot] = statement.filters.length > 0 ? asFilterInput(text, inner, frame) : text;
    const value = filtered(frame);
    assign(
      frame,
      frame.rt.autoescape && !(value instanceof Markup) ? new Markup(str(value, frame.rt)) : value,
    );
    publish(frame);
    return GO_ON;
  };
}

export function compileFilterBlock(statement: FilterBlock, scope: Scope): Execute {
  const inner = scope.inner();
  analyzeBody(statement.body, inner.symbols);
  walkFilters(statement.filters, { read: (name) => inner.symbols.load(name), write: () => {} });
  const body = compileBody(statement.body, inner);
  const slot = inner.temporarySlot();
  const filtered = compileFilterSteps(statement.filters, (frame) => frame.slots[slot] as Value, inner);
  const enter = compileEnter(inner);
  return (frame) => {
    enter(frame);
    const { text, signal } = capture(body, frame);
    if (signal !== GO_ON) return signal;
    frame.slots[slot] = asFilterInput(text, inner, frame);
    frame.rt.output.write(requireText(filtered(frame)));
    return GO_ON;
  };
}

export function compileWith(statement: With, scope: Scope): Execute {
  const inner = scope.inner();
  analyzeWith(statement, inner.symbols);
  const bindings = statement.bindings.map(({ target, value }) => ({
    assign: compileTarget(target, inner),
    value: compileExpression(value, scope),
  }));
  const body = compileBody(statement.body, inner);
  const enter = compileEnter(inner);
  return (frame) => {
    enter(frame);
    for (const { assign, value } of bindings) assign(frame, value(frame));
    return body(frame);
  };
}
