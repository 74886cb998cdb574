import type { Expression } from "../template/ast/expressions.ts";
import type { Statement } from "../template/ast/statements.ts";
import type { LintContext } from "./lint-context.ts";

export type Node = Expression | Statement;

/** Every node of a tree, parents before their children, in the order of the source. Not recursive. */
export function* nodesOf(root: readonly Node[] | Node): Iterable<Node> {
  const waiting: unknown[] = Array.isArray(root) ? [...root].reverse() : [root];
  while (waiting.length > 0) {
    const part = waiting.pop();
    if (typeof part !== "object" || part === null) continue;
    if (Array.isArray(part)) {
      for (let index = part.length - 1; index >= 0; index--) waiting.push(part[index]);
      continue;
    }
    if ("kind" in part && "line" in part) yield part as Node;
    waiting.push(...Object.values(part).reverse());
  }
}

/** Every node of every message that parses, with the index of its message. */
export function* allNodes(context: LintContext): Iterable<{ node: Node; messageIndex: number }> {
  for (const { template, index } of context.messages) {
    if (!template) continue;
    for (const node of nodesOf(template.body as readonly Node[])) yield { node, messageIndex: index };
  }
}
