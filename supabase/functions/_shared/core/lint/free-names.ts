import type { Expression } from "../template/ast/expressions.ts";
import type { Body, Statement, Target } from "../template/ast/statements.ts";
import { type Node, nodesOf } from "./walk-tree.ts";

/** Every name in a part of a template, whatever gives it its value. */
export function freeNames(part: Expression | Statement | Target | Body): string[] {
  const names: string[] = [];
  for (const node of nodesOf(part as Node | readonly Node[]))
    if (node.kind === "name" && "name" in node) names.push(node.name);
  return names;
}
