import type { Expression } from "../ast/expressions.ts";
import type { Body, FilterStep, Statement, Target } from "../ast/statements.ts";

/** Told of names in the order Jinja2 comes across them. */
export interface NameVisitor {
  read(name: string): void;
  write(name: string): void;
}

/** Visits the names in an expression, all of which are read. */
export function walkExpression(expression: Expression, visitor: NameVisitor): void {
  if (expression.kind === "name") visitor.read(expression.name);
  else eachInside(expression, (inner) => walkExpression(inner, visitor));
}

/** The expressions directly inside an expression, or inside arguments, wherever in its parts they are. */
export function eachInside(whole: object, visit: (inner: Expression) => void): void {
  for (const part of Object.values(whole)) {
    if (typeof part !== "object" || part === null) continue;
    if ("kind" in part) visit(part as Expression);
    else eachInside(part, visit);
  }
}

export function walkFilters(filters: readonly FilterStep[], visitor: NameVisitor): void {
  eachInside(filters, (inner) => walkExpression(inner, visitor));
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
