import type { Arguments } from "../../template/ast/expressions.ts";
import { evaluate } from "./expressions.ts";
import type { CallArguments } from "./macro.ts";
import type { Value } from "./value.ts";
import type { Walker } from "./walker.ts";

/** Evaluates the arguments of a call, filter or test. Handing over an undefined value fails nothing yet. */
export function evaluateArguments(walker: Walker, args: Arguments): CallArguments {
  const positional = args.positional.map((argument) => evaluate(walker, argument));
  const named = new Map(args.named.map((argument) => [argument.name, evaluate(walker, argument.value)]));
  for (const spread of [args.spread, args.namedSpread]) {
    if (spread) walker.needs(evaluate(walker, spread), spread);
  }
  return { positional, named, spread: args.spread !== null || args.namedSpread !== null, nodes: args };
}

/** What is called looks at its arguments: for certain, or perhaps. */
export function needAll(walker: Walker, args: CallArguments, certain: boolean): void {
  const { positional, named } = args.nodes;
  positional.forEach((node, index) => {
    need(args.positional[index], node);
  });
  for (const argument of named) need(args.named.get(argument.name), argument);
  function need(value: Value | undefined, position: { line: number; column: number }): void {
    if (value && certain) walker.needs(value, position);
    else if (value) walker.mayNeed(value, position);
  }
}
