import type { Expression } from "../template/ast/expressions.ts";
import type { Body } from "../template/ast/statements.ts";
import { freeNames } from "./free-names.ts";
import { type Node, nodesOf } from "./walk-tree.ts";

/**
 * The names whose values vary with the caller's variables, and with which: the variables themselves, what is set or
 * looped over from them, and macros that print them.
 */
export function varyingNames(body: Body, variables: Iterable<string>): ReadonlyMap<string, string> {
  const varying = new Map([...variables].map((name) => [name, name]));
  const give = (names: readonly string[], source: Expression | Body, without: readonly string[] = []) => {
    const cause = freeNames(source).find((name) => varying.has(name) && !without.includes(name));
    for (const name of names) if (cause && !varying.has(name)) varying.set(name, varying.get(cause) ?? cause);
  };
  for (const node of nodesOf(body as readonly Node[])) {
    if (node.kind === "set") give(freeNames(node.target), node.value);
    else if (node.kind === "set_block") give(freeNames(node.target), node.body);
    else if (node.kind === "for") give(freeNames(node.target), node.iterable);
    else if (node.kind === "with")
      for (const { target, value } of node.bindings) give(freeNames(target), value);
    else if (node.kind === "macro") {
      const parameters = node.parameters.map(({ name }) => name);
      give([node.name], node.body, parameters);
    }
  }
  return varying;
}
