import type { Expression, Position } from "../template/ast/expressions.ts";
import type { Body, Macro, Statement } from "../template/ast/statements.ts";
import { DEFAULT_BUDGETS } from "../template/budgets.ts";
import { utf8Length } from "../template/text/code-points.ts";
import { freeNames } from "./free-names.ts";
import { leavesEarly, roundsOf } from "./least-use.ts";

/** An expression that passes a limit of a render whenever it is evaluated. */
export interface SureExcess {
  readonly message: string;
  readonly remedy: string;
  readonly at: Position;
}

/** The first expression among statements that all run which passes a limit by itself. */
export function sureExcess(statements: Body): SureExcess | null {
  const endless = endlessMacros(statements);
  for (const expression of surelyEvaluated(statements)) {
    const excess = excessOf(expression, endless);
    if (excess) return excess;
  }
  return null;
}

function excessOf(expression: Expression, endless: ReadonlySet<string>): SureExcess | null {
  const { outputBytes, steps } = DEFAULT_BUDGETS;
  if (repeatedBytes(expression) > outputBytes) {
    const message = `Every rendering makes a text longer than ${outputBytes} bytes here.`;
    return { message, remedy: "Repeat it less often.", at: expression };
  }
  if (expression.kind !== "call" || expression.callee.kind !== "name") return null;
  if (roundsOf(expression) > steps) {
    const message = `Every rendering makes a range of more than ${steps} numbers here, which takes more steps than it may.`;
    return { message, remedy: "Make it shorter.", at: expression };
  }
  if (!endless.has(expression.callee.name)) return null;
  const message = `Every rendering calls the macro \`${expression.callee.name}\`, which calls itself without end.`;
  return { message, remedy: "Let it call itself on a condition only.", at: expression };
}

/** How long the text of `'a' * 1000` is; 0 for anything else. */
function repeatedBytes(expression: Expression): number {
  if (expression.kind !== "arithmetic" || expression.first.kind !== "string") return 0;
  const [next] = expression.rest;
  if (next?.operator !== "*" || next.operand.kind !== "integer") return 0;
  return utf8Length(expression.first.value) * Number(next.operand.value);
}

/** Whether a macro calls itself whenever it is called. */
function isEndless(statement: Statement): statement is Macro {
  if (statement.kind !== "macro") return false;
  const { name, parameters } = statement;
  if (parameters.some((parameter) => parameter.name === name)) return false;
  for (const expression of surelyEvaluated(statement.body)) {
    if (expression.kind !== "call" || expression.callee.kind !== "name") continue;
    if (expression.callee.name === name) return true;
  }
  return false;
}

function endlessMacros(statements: Body): ReadonlySet<string> {
  const given = statements.flatMap((statement) => {
    if (statement.kind === "macro") return [statement.name];
    return statement.kind === "set" || statement.kind === "set_block" ? freeNames(statement.target) : [];
  });
  const endless = statements.filter(isEndless).map(({ name }) => name);
  // A name that is given twice may stand for the other.
  return new Set(endless.filter((name) => given.indexOf(name) === given.lastIndexOf(name)));
}

/** Every expression that is evaluated whenever the statements run. */
function* surelyEvaluated(statements: Body): Iterable<Expression> {
  for (const statement of statements) {
    // Behind `extends` nothing is rendered.
    if (statement.kind === "extends") return;
    for (const expression of ownExpressions(statement)) yield* withParts(expression);
    const runs = statement.kind !== "for" || (!statement.condition && roundsOf(statement.iterable) > 0);
    if (runs && "body" in statement && statement.kind !== "macro" && statement.kind !== "call_block")
      yield* surelyEvaluated(statement.body);
    if (leavesEarly([statement])) return;
  }
}

function ownExpressions(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "output":
    case "do":
      return [statement.expression];
    case "set":
      return [statement.value];
    case "for":
      return [statement.iterable];
    case "if":
      return statement.branches.slice(0, 1).map(({ condition }) => condition);
    case "with":
      return statement.bindings.map(({ value }) => value);
    case "call_block":
      return [statement.call];
    default:
      return [];
  }
}

/** An expression and all in it that is evaluated with it, whatever its conditions decide. */
function* withParts(expression: Expression): Iterable<Expression> {
  const waiting = [expression];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    waiting.push(...partsOf(next));
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "filter":
    case "test":
      return [expression.input, ...expression.args.positional];
    case "call":
      return expression.args.positional;
    case "attribute":
    case "subscript":
      return [expression.object];
    case "concat":
      return expression.parts;
    case "arithmetic":
      return [expression.first, ...expression.rest.map(({ operand }) => operand)];
    case "comparison":
      return [expression.first];
    case "logical":
      return expression.operands.slice(0, 1);
    case "conditional":
      return [expression.condition];
    case "list":
    case "tuple":
      return expression.items;
    case "not":
    case "unary":
      return [expression.operand];
    default:
      return [];
  }
}
