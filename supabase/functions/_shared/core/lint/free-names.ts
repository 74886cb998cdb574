import type { Expression } from "../template/ast/expressions.ts";
import { nodesOf } from "./walk-tree.ts";

/** Every name an expression reads, whatever gives it its value. */
export function freeNames(expression: Expression): string[] {
  const names: string[] = [];
  for (const node of nodesOf(expression)) if (node.kind === "name" && "name" in node) names.push(node.name);
  return names;
}
