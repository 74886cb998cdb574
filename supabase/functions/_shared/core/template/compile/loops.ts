import type { For, Target } from "../ast/statements.ts";
import { Frame } from "../runtime/context.ts";
import { LoopContext, type Recurse } from "../runtime/loop-context.ts";
import { iterate, lazily } from "../values/iteration.ts";
import { Markup } from "../values/markup.ts";
import { isTrue } from "../values/truth.ts";
import type { Value } from "../values/value.ts";
import { analyzeBody, analyzeLoopBody, analyzeLoopCondition } from "./analyze.ts";
import { compileExpression, compilePlaced } from "./expressions.ts";
import { hasScopedBlock, setsLoop } from "./loop-checks.ts";
import { BREAK, type Execute, GO_ON, type Scope } from "./scope.ts";
import { compileBody } from "./statements.ts";
import { Layout } from "./symbols.ts";
import { type Assign, compileEnter, compileTarget } from "./variables.ts";
import { findSpecialNames } from "./walk-names.ts";

/** Runs a loop over items. */
type RunLoop = (frame: Frame, items: Value, depth: number, recurse: Recurse | undefined) => void;

export function compileFor(loop: For, scope: Scope): Execute {
  if (setsLoop(loop)) {
    throw scope.error("syntax_error", "Can't assign to special loop variable in for-loop target", loop);
  }
  const items = compileExpression(loop.iterable, scope);
  // A recursive loop's body runs once per level, so each level needs variables of its own.
  const layout = loop.recursive ? new Layout(scope.layout) : scope.layout;
  const run = compileRun(loop, scope, layout);
  if (!loop.recursive) {
    return (frame) => {
      const value = items(frame);
      frame.rt.at = loop.iterable;
      run(frame, value, 0, undefined);
      return GO_ON;
    };
  }
  return (frame) => {
    const { rt } = frame;
    const recurse: Recurse = (inner, depth) => {
      rt.meter.enter();
      const own = new Frame(rt, layout.size, frame.context, frame);
      const text = rt.output.capture(() => run(own, inner, depth, recurse));
      rt.meter.leave();
      return rt.autoescape ? new Markup(text) : text;
    };
    const value = items(frame);
    rt.at = loop.iterable;
    run(new Frame(rt, layout.size, frame.context, frame), value, 0, recurse);
    return GO_ON;
  };
}

function compileRun(loop: For, scope: Scope, layout: Layout): RunLoop {
  const inner = scope.inner(layout);
  inner.inLoop = true;
  const usesLoop = loop.recursive || findSpecialNames(loop.body).has("loop") || hasScopedBlock(loop.body);
  const loopSlot = usesLoop ? inner.symbols.declare("loop").slot : -1;
  analyzeLoopBody(loop, inner.symbols);
  const assign = compileTarget(loop.target, inner);
  const body = compileBody(loop.body, inner);
  const enter = compileEnter(inner);
  const filter = loop.condition ? compileCondition(loop, loop.condition, inner, scope) : undefined;
  const otherwise = compileElse(loop, scope, layout);
  const step = { assign, enter, body, place: loop.target };
  return (frame, items, depth, recurse) => {
    const source = filter ? filter(frame, items) : items;
    const finished = usesLoop
      ? runWithContext(frame, new LoopContext(frame.rt, source, recurse, depth), loopSlot, step)
      : runPlain(frame, source, step);
    if (!finished) otherwise(frame);
  };
}

interface LoopStep {
  readonly assign: Assign;
  readonly enter: (frame: Frame) => void;
  readonly body: Execute;
  readonly place: Target;
}

/** Runs the body per item. Answers whether it has run to its end for any, which spares the `else`. */
function runPlain(frame: Frame, source: Value, { assign, enter, body, place }: LoopStep): boolean {
  let finished = false;
  const iterator = iterate(source, frame.rt);
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    frame.rt.charge(1, place);
    assign(frame, next.value);
    enter(frame);
    const signal = body(frame);
    if (signal === BREAK) break;
    if (signal === GO_ON) finished = true;
  }
  return finished;
}

function runWithContext(
  frame: Frame,
  context: LoopContext,
  slot: number,
  { assign, enter, body, place }: LoopStep,
): boolean {
  let finished = false;
  for (let item = context.next(); item !== undefined; item = context.next()) {
    frame.rt.charge(1, place);
    assign(frame, item);
    frame.slots[slot] = context;
    enter(frame);
    const signal = body(frame);
    if (signal === BREAK) break;
    if (signal === GO_ON) finished = true;
  }
  return finished;
}

/** `for … if condition`: the items that pass, each looked at only when the loop comes to it. */
function compileCondition(
  loop: For,
  condition: NonNullable<For["condition"]>,
  around: Scope,
  scope: Scope,
): (frame: Frame, items: Value) => Value {
  const layout = new Layout(around.layout);
  const inner = scope.inner(layout);
  analyzeLoopCondition(loop, inner.symbols);
  const assign = compileTarget(loop.target, inner);
  const test = compilePlaced(condition, inner);
  const enter = compileEnter(inner);
  return (frame, items) => {
    const { rt } = frame;
    const own = new Frame(rt, layout.size, frame.context, frame);
    const iterator = iterate(items, rt);
    return lazily(function* passing() {
      enter(own);
      for (let next = iterator.next(); !next.done; next = iterator.next()) {
        rt.charge(1, condition);
        assign(own, next.value);
        if (isTrue(test(own), rt)) yield next.value;
      }
    });
  };
}

function compileElse(loop: For, scope: Scope, layout: Layout): Execute {
  if (loop.otherwise.length === 0) return () => GO_ON;
  const inner = scope.inner(layout);
  analyzeBody(loop.otherwise, inner.symbols);
  const body = compileBody(loop.otherwise, inner);
  const enter = compileEnter(inner);
  return (frame) => {
    enter(frame);
    return body(frame);
  };
}
