import type { Expression } from "../template/ast/expressions.ts";
import type { ParsedTemplate } from "../template/parse-template.ts";
import { type Node, nodesOf } from "./walk-tree.ts";

/** A template that a tag names. */
export interface NamedInclude {
  /** As written, the first that exists is meant; null where a name is calculated, and so known to nobody before. */
  readonly names: readonly string[] | null;
  readonly line: number;
  readonly column: number;
  /** Whether the rendering goes on without it. */
  readonly optional: boolean;
}

/** The templates named in include, import, from and extends. */
export function includesOf(template: Pick<ParsedTemplate, "body">): NamedInclude[] {
  return [...nodesOf(template.body as readonly Node[])].flatMap((node) =>
    "template" in node ? named(node.template, node.kind === "include" && node.ignoreMissing) : [],
  );
}

function named(expression: Expression, optional: boolean): NamedInclude[] {
  if (expression.kind === "conditional") {
    const { whenTrue, whenFalse } = expression;
    return [...named(whenTrue, optional), ...(whenFalse ? named(whenFalse, optional) : [])];
  }
  const { line, column } = expression;
  return [{ names: literalNames(expression), line, column, optional }];
}

function literalNames(expression: Expression): string[] | null {
  if (expression.kind === "string") return [expression.value];
  if (expression.kind !== "list" && expression.kind !== "tuple") return null;
  const names = expression.items.map((item) => (item.kind === "string" ? item.value : null));
  return names.includes(null) ? null : (names as string[]);
}
