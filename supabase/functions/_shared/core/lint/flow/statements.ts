import type {
  Body,
  CallBlock,
  FilterStep,
  For,
  If,
  Macro as MacroNode,
  Parameter,
  Statement,
  Target,
} from "../../template/ast/statements.ts";
import { evaluateComposition } from "./composition.ts";
import { evaluate, evaluateCondition, print } from "./expressions.ts";
import { applyFilter } from "./filters-and-tests.ts";
import { type MacroParameter, macroParameter, placeholdersOf } from "./macro.ts";
import { DEFINED, OPAQUE, partOf, putInto, type Value } from "./value.ts";
import type { Piece, Walker } from "./walker.ts";

/** Walks statements in the order in which they are rendered. */
export function walkBody(walker: Walker, body: Body): void {
  for (const statement of body) walkStatement(walker, statement);
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
        for (const { target, value } of statement.bindings) assign(walker, target, evaluate(walker, value));
        walkBody(walker, statement.body);
      });
      return;
    case "autoescape":
      evaluate(walker, statement.enabled);
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

function defineMacro(walker: Walker, node: MacroNode): void {
  const parameters = bindParameters(walker, node.parameters);
  const { path } = walker.apart(() => {
    // Calls of itself tell nothing new, so they are opaque while its body is walked.
    walker.scope.assign(node.name, OPAQUE);
    for (const name of ["caller", "varargs", "kwargs"]) walker.scope.assign(name, OPAQUE);
    for (const parameter of parameters) walker.scope.assign(parameter.name, parameter.value);
    walkBody(walker, node.body);
  });
  const macro = { name: node.name, parameters, path, placeholders: placeholdersOf(path) };
  walker.scope.assign(node.name, { ...DEFINED, callable: { kind: "macro", macro } });
}

function bindParameters(
  walker: Walker,
  parameters: readonly Parameter[],
): readonly (MacroParameter & { readonly value: Value })[] {
  walker.macros++;
  return parameters.map((parameter) => {
    let fallback: Value | null = null;
    if (parameter.default) {
      const expression = parameter.default;
      walker.apart(() => {
        fallback = evaluate(walker, expression);
      });
    }
    return macroParameter(walker.macros, parameter, fallback);
  });
}

/** The block's body runs when, and as often as, the called macro calls `caller`. */
function walkCallBlock(walker: Walker, block: CallBlock): void {
  const body = walker.apart(() => {
    for (const parameter of block.parameters) walker.scope.assign(parameter.name, DEFINED);
    walkBody(walker, block.body);
  });
  walker.path.mayFollow(body.path);
  print(walker, evaluate(walker, block.call), block.call);
}
