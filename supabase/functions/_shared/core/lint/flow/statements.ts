import type { Body, FilterStep, For, If, Statement, Target } from "../../template/ast/statements.ts";
import { evaluateComposition } from "./composition.ts";
import { defineMacro, namesForMacros, walkCallBlock } from "./definitions.ts";
import { evaluate, evaluateCondition, print } from "./expressions.ts";
import { applyFilter } from "./filters-and-tests.ts";
import { DEFINED, OPAQUE, partOf, putInto, type Value } from "./value.ts";
import type { Piece } from "./walk-records.ts";
import type { Walker } from "./walker.ts";

/** Walks statements in the order in which they are rendered. */
export function walkBody(walker: Walker, body: Body): void {
  walker.later.inBody(namesForMacros(body), () => {
    for (const statement of body) walkStatement(walker, statement);
  });
}

function walkStatement(walker: Walker, statement: Statement): void {
  switch (statement.kind) {
    case "text":
      return;
    case "output":
      print(walker, evaluate(walker, statement.expression), statement.expression);
      return;
    case "do":
      evaluate(walker, statement.expression);
      return;
    case "if":
      walkIf(walker, statement);
      return;
    case "for":
      walkFor(walker, statement);
      return;
    case "set":
      assign(walker, statement.target, evaluate(walker, statement.value));
      return;
    case "set_block":
    case "filter_block":
      walkCapture(walker, statement.body, statement.filters);
      if (statement.kind === "set_block") assign(walker, statement.target, DEFINED);
      return;
    case "with":
      walker.inScope(() => {
        // No value sees the names beside it.
        const values = statement.bindings.map(({ value }) => evaluate(walker, value));
        statement.bindings.forEach(({ target }, index) => {
          assign(walker, target, values[index] ?? DEFINED);
        });
        walkBody(walker, statement.body);
      });
      return;
    case "autoescape":
      if (walker.mode === "strict") walker.needs(evaluate(walker, statement.enabled), statement.enabled);
      walker.inScope(() => walkBody(walker, statement.body));
      return;
    case "macro":
      defineMacro(walker, statement);
      return;
    case "call_block":
      walkCallBlock(walker, statement);
      return;
    case "break":
    case "continue":
      walker.path.jump();
      return;
    default:
      evaluateComposition(walker, statement);
  }
}

/** `if`, `elif` …, `else`: not recursive, for there may be thousands. */
function walkIf(walker: Walker, { branches, otherwise }: If): void {
  const taken: { condition: Value; body: Piece }[] = [];
  for (const branch of branches) {
    const condition = evaluateCondition(walker, branch.condition);
    taken.push({
      condition,
      body: walker.apart(() => walkBody(walker, branch.body), condition.falseWithout),
    });
    walker.enter(condition.trueWithout);
  }
  walkBody(walker, otherwise);
  for (const { condition, body } of taken.reverse()) walker.rejoin(condition, body, walker.leave());
}

function walkFor(walker: Walker, loop: For): void {
  const iterable = evaluate(walker, loop.iterable);
  if (walker.mode === "strict") walker.needs(iterable, loop.iterable);
  if (loop.iterable.kind === "name" || loop.iterable.kind === "attribute") iterable.shape?.see("list");
  const item = partOf(iterable, iterable.shape?.items() ?? null);
  const round = walker.apart(() => {
    walker.scope.assign("loop", OPAQUE);
    assign(walker, loop.target, item);
    const body = () => walkBody(walker, loop.body);
    if (loop.condition) walker.branch(evaluateCondition(walker, loop.condition), body, () => {});
    else body();
    walker.path.endRound();
  });
  const otherwise = walker.apart(() => walkBody(walker, loop.otherwise));
  if (iterable.nonEmpty && !loop.condition) {
    walker.path.follow(round.path);
    return;
  }
  const runs = walker.mode === "strict" ? DEFINED : { ...DEFINED, falseWithout: iterable.undefinedWithout };
  walker.path.choose(runs, round.path, otherwise.path);
}

function assign(walker: Walker, target: Target, value: Value): void {
  switch (target.kind) {
    case "name":
      walker.scope.assign(target.name, value);
      return;
    case "tuple":
      for (const item of target.items) assign(walker, item, partOf(value, null));
      return;
    case "namespace":
      putInto(walker.read(target.name, target), value);
  }
}

/** A body whose text goes through filters before it is kept or printed. */
function walkCapture(walker: Walker, body: Body, filters: readonly FilterStep[]): void {
  walker.inScope(() => walkBody(walker, body));
  for (const filter of filters) applyFilter(walker, DEFINED, filter);
}
