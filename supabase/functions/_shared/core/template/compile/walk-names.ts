import type { Arguments, Body, Expression, FilterStep, Statement, Target } from "../ast.ts";

/** Told of names in the order Jinja2 comes across them. */
export interface NameVisitor {
  read(name: string): void;
  write(name: string): void;
  /** Told of these as well, if it asks to be. */
  filter?(name: string): void;
  test?(): void;
  call?(): void;
}

/** Visits the names in an expression. */
export function walkExpression(expression: Expression, visitor: NameVisitor): void {
  const walk = (child: Expression | null) => {
    if (child) walkExpression(child, visitor);
  };
  switch (expression.kind) {
    case "name":
      visitor.read(expression.name);
      return;
    case "list":
    case "tuple":
      expression.items.forEach(walk);
      return;
    case "dict":
      for (const { key, value } of expression.entries) {
        walk(key);
        walk(value);
      }
      return;
    case "attribute":
      walk(expression.object);
      return;
    case "subscript":
      walk(expression.object);
      walk(expression.index);
      return;
    case "slice":
      walk(expression.start);
      walk(expression.stop);
      walk(expression.step);
      return;
    case "call":
      visitor.call?.();
      walk(expression.callee);
      walkArguments(expression.args, visitor);
      return;
    case "filter":
      visitor.filter?.(expression.name);
      walk(expression.input);
      walkArguments(expression.args, visitor);
      return;
    case "test":
      visitor.test?.();
      walk(expression.input);
      walkArguments(expression.args, visitor);
      return;
    case "not":
    case "unary":
      walk(expression.operand);
      return;
    case "arithmetic":
    case "comparison":
      walk(expression.first);
      for (const { operand } of expression.rest) walk(operand);
      return;
    case "concat":
      expression.parts.forEach(walk);
      return;
    case "logical":
      expression.operands.forEach(walk);
      return;
    case "conditional":
      walk(expression.condition);
      walk(expression.whenTrue);
      walk(expression.whenFalse);
      return;
    default:
      return;
  }
}

export function walkArguments(args: Arguments, visitor: NameVisitor): void {
  for (const argument of args.positional) walkExpression(argument, visitor);
  for (const argument of args.named) walkExpression(argument.value, visitor);
  if (args.spread) walkExpression(args.spread, visitor);
  if (args.namedSpread) walkExpression(args.namedSpread, visitor);
}

export function walkFilters(filters: readonly FilterStep[], visitor: NameVisitor): void {
  for (const filter of filters) walkArguments(filter.args, visitor);
}

/** Visits the names of a target: a namespace is read, other names are written. */
export function walkTarget(target: Target, visitor: NameVisitor): void {
  if (target.kind === "name") visitor.write(target.name);
  else if (target.kind === "namespace") visitor.read(target.name);
  else for (const item of target.items) walkTarget(item, visitor);
}

/** Names that have a meaning of their own where nothing has been assigned to them. */
const SPECIAL_NAMES: ReadonlySet<string> = new Set(["caller", "kwargs", "loop", "self", "super", "varargs"]);

type FirstUse = "read" | "write";

/** How each special name is first used in a body; kept, so that deep nesting is walked once. */
const firstUses = new WeakMap<Body, ReadonlyMap<string, FirstUse>>();

function firstUsesIn(body: Body): ReadonlyMap<string, FirstUse> {
  const known = firstUses.get(body);
  if (known) return known;
  const uses = new Map<string, FirstUse>();
  const note = (name: string, use: FirstUse) => {
    if (SPECIAL_NAMES.has(name) && !uses.has(name)) uses.set(name, use);
  };
  const visitor: NameVisitor = {
    read: (name) => note(name, "read"),
    write: (name) => note(name, "write"),
  };
  for (const statement of body) walkDeep(statement, visitor);
  firstUses.set(body, uses);
  return uses;
}

/**
 * Which special names are read in a body, and in all scopes inside it but blocks, before they are written.
 * Each scope's own variables count as well.
 */
export function findSpecialNames(body: Body): Set<string> {
  const names = new Set<string>();
  for (const [name, use] of firstUsesIn(body)) if (use === "read") names.add(name);
  return names;
}

function walkBody(body: Body, visitor: NameVisitor): void {
  for (const [name, use] of firstUsesIn(body)) visitor[use](name);
}

/** Visits a statement with everything inside it, in the order of Jinja2's own nodes. */
function walkDeep(statement: Statement, visitor: NameVisitor): void {
  switch (statement.kind) {
    case "output":
    case "do":
      walkExpression(statement.expression, visitor);
      return;
    case "if":
      for (const branch of statement.branches) {
        walkExpression(branch.condition, visitor);
        walkBody(branch.body, visitor);
      }
      walkBody(statement.otherwise, visitor);
      return;
    case "for":
      walkTarget(statement.target, visitor);
      walkExpression(statement.iterable, visitor);
      walkBody(statement.body, visitor);
      walkBody(statement.otherwise, visitor);
      if (statement.condition) walkExpression(statement.condition, visitor);
      return;
    case "set":
      walkTarget(statement.target, visitor);
      walkExpression(statement.value, visitor);
      return;
    case "set_block":
      walkTarget(statement.target, visitor);
      walkFilters(statement.filters, visitor);
      walkBody(statement.body, visitor);
      return;
    case "with":
      for (const { target } of statement.bindings) walkTarget(target, visitor);
      for (const { value } of statement.bindings) walkExpression(value, visitor);
      walkBody(statement.body, visitor);
      return;
    default:
      walkDeepCalls(statement, visitor);
      return;
  }
}

function walkDeepCalls(statement: Statement, visitor: NameVisitor): void {
  switch (statement.kind) {
    case "macro":
    case "call_block":
      if (statement.kind === "call_block") walkExpression(statement.call, visitor);
      for (const parameter of statement.parameters) visitor.write(parameter.name);
      for (const parameter of statement.parameters)
        if (parameter.default) walkExpression(parameter.default, visitor);
      walkBody(statement.body, visitor);
      return;
    case "filter_block":
      walkBody(statement.body, visitor);
      walkFilters(statement.filters, visitor);
      return;
    case "autoescape":
      walkExpression(statement.enabled, visitor);
      walkBody(statement.body, visitor);
      return;
    case "extends":
    case "include":
    case "import":
    case "from_import":
      walkExpression(statement.template, visitor);
      return;
    default:
      return;
  }
}
