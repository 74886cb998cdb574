import type { Expression } from "../ast/expressions.ts";
import type { Binding, Body, FilterStep, Parameter, Target } from "../ast/statements.ts";

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

/**
 * Visits a statement, or a part of one, with everything inside it but blocks, in the order of Jinja2's own nodes, which
 * is the one the parser puts the parts in.
 */
function walkDeep(part: object, visitor: NameVisitor): void {
  if ("kind" in part && part.kind === "block") return;
  for (const [key, inner] of Object.entries(part)) {
    if (typeof inner !== "object" || inner === null) continue;
    if (key === "target") walkTarget(inner as Target, visitor);
    else if (key === "body" || key === "otherwise") walkBody(inner as Body, visitor);
    else if ("kind" in inner) walkExpression(inner as Expression, visitor);
    else {
      // Of several, all names are set before any value is read.
      if (key === "parameters") for (const { name } of inner as Parameter[]) visitor.write(name);
      if (key === "bindings") for (const { target } of inner as Binding[]) walkTarget(target, visitor);
      walkDeep(inner, visitor);
    }
  }
}
