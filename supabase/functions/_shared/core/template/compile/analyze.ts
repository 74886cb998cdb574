import type { Body, CallBlock, For, If, Macro, Parameter, Statement, With } from "../ast/statements.ts";
import type { Symbols } from "./symbols.ts";
import { type NameVisitor, walkExpression, walkFilters, walkTarget } from "./walk-names.ts";

/*
 * Tells a scope's symbols which names its statements read and set. Statements with a scope of their
 * own are only looked into as far as they belong to the scope around them.
 */

function visitorFor(symbols: Symbols): NameVisitor {
  return { read: (name) => symbols.load(name), write: (name) => symbols.store(name) };
}

function declaring(symbols: Symbols): NameVisitor {
  return { read: (name) => symbols.load(name), write: (name) => symbols.declare(name) };
}

export function analyzeBody(body: Body, symbols: Symbols): void {
  for (const statement of body) analyzeStatement(statement, symbols);
}

function analyzeStatement(statement: Statement, symbols: Symbols): void {
  const visitor = visitorFor(symbols);
  switch (statement.kind) {
    case "output":
    case "do":
      walkExpression(statement.expression, visitor);
      return;
    case "if":
      analyzeIf(statement, symbols);
      return;
    case "for":
      walkExpression(statement.iterable, visitor);
      return;
    case "set":
      walkExpression(statement.value, visitor);
      walkTarget(statement.target, visitor);
      return;
    case "set_block":
      walkTarget(statement.target, visitor);
      return;
    case "with":
      for (const { value } of statement.bindings) walkExpression(value, visitor);
      return;
    case "macro":
      symbols.store(statement.name);
      return;
    case "call_block":
      walkExpression(statement.call, visitor);
      return;
    case "filter_block":
      walkFilters(statement.filters, visitor);
      return;
    case "extends":
    case "include":
      walkExpression(statement.template, visitor);
      return;
    case "import":
      walkExpression(statement.template, visitor);
      symbols.store(statement.alias);
      return;
    case "from_import":
      walkExpression(statement.template, visitor);
      for (const { alias } of statement.names) symbols.store(alias);
      return;
    default:
      return;
  }
}

/** Jinja2 takes all `elif`s together for one branch, each with branches of its own. */
function analyzeIf(statement: If, symbols: Symbols): void {
  const [first, ...others] = statement.branches;
  if (!first) return;
  walkExpression(first.condition, visitorFor(symbols));
  const branch = (analyze: (inner: Symbols) => void) => {
    const inner = symbols.branch();
    analyze(inner);
    return inner;
  };
  symbols.mergeBranches([
    branch((inner) => analyzeBody(first.body, inner)),
    branch((inner) => {
      for (const other of others) analyzeIf({ ...statement, branches: [other], otherwise: [] }, inner);
    }),
    branch((inner) => analyzeBody(statement.otherwise, inner)),
  ]);
}

/** The scope of a loop's body, which begins with the target. */
export function analyzeLoopBody(loop: For, symbols: Symbols): void {
  walkTarget(loop.target, declaring(symbols));
  analyzeBody(loop.body, symbols);
}

/** The scope of a loop's condition. */
export function analyzeLoopCondition(loop: For, symbols: Symbols): void {
  walkTarget(loop.target, declaring(symbols));
  if (loop.condition) walkExpression(loop.condition, visitorFor(symbols));
}

export function analyzeWith(statement: With, symbols: Symbols): void {
  for (const { target } of statement.bindings) walkTarget(target, declaring(symbols));
  analyzeBody(statement.body, symbols);
}

/** The scope of a macro or of a call block's body. */
export function analyzeMacro(macro: Macro | CallBlock, symbols: Symbols): void {
  analyzeParameters(macro.parameters, symbols);
  analyzeBody(macro.body, symbols);
}

function analyzeParameters(parameters: readonly Parameter[], symbols: Symbols): void {
  for (const { name } of parameters) symbols.declare(name);
  for (const parameter of parameters)
    if (parameter.default) walkExpression(parameter.default, visitorFor(symbols));
}
