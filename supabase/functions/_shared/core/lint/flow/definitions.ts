import type { Body, CallBlock, Macro, Parameter } from "../../template/ast/statements.ts";
import { freeNames } from "../free-names.ts";
import { evaluate, print } from "./expressions.ts";
import { type MacroParameter, macroParameter, placeholdersOf } from "./macro.ts";
import { walkBody } from "./statements.ts";
import { DEFINED, type Names, NO_NAMES, OPAQUE, type Value } from "./value.ts";
import type { Walker } from "./walker.ts";

/** The names a body gives values to, where there are macros that see those given further down as well. */
export function namesForMacros(body: Body): Names {
  if (!body.some(({ kind }) => kind === "macro")) return NO_NAMES;
  const names = body.flatMap((statement) => {
    switch (statement.kind) {
      case "macro":
        return [statement.name];
      case "set":
      case "set_block":
        return freeNames(statement.target);
      case "import":
        return [statement.alias];
      case "from_import":
        return statement.names.map(({ alias }) => alias);
      default:
        return [];
    }
  });
  return new Set(names);
}

export function defineMacro(walker: Walker, node: Macro): void {
  walker.macros++;
  let parameters: readonly BoundParameter[] = [];
  const walk = () => {
    parameters = bindParameters(walker, node.parameters);
    // Calls of itself tell nothing new, so they are opaque while its body is walked.
    walker.scope.assign(node.name, OPAQUE);
    for (const name of ["caller", "varargs", "kwargs"]) walker.scope.assign(name, OPAQUE);
    for (const parameter of parameters) walker.scope.assign(parameter.name, parameter.value);
    walkBody(walker, node.body);
  };
  const { path } = walker.later.inMacro(() => walker.apart(walk));
  const macro = { name: node.name, parameters, path, placeholders: placeholdersOf(path) };
  walker.scope.assign(node.name, { ...DEFINED, callable: { kind: "macro", macro } });
  if (walker.later.settle(node.name)) {
    walker.noteNeed(path.mayFailWithout, node);
    walker.path.mayFollow(path);
  }
}

type BoundParameter = MacroParameter & { readonly value: Value };

/** Defaults are evaluated when a call needs them; they see the other parameters. */
function bindParameters(walker: Walker, parameters: readonly Parameter[]): BoundParameter[] {
  return parameters.map((parameter) => {
    let fallback: Value | null = null;
    const { path } = walker.apart(() => {
      for (const { name } of parameters) walker.scope.assign(name, OPAQUE);
      if (parameter.default) fallback = evaluate(walker, parameter.default);
    });
    return macroParameter(walker.macros, parameter, fallback, path);
  });
}

/** The block's body runs when, and as often as, the called macro calls `caller`. */
export function walkCallBlock(walker: Walker, block: CallBlock): void {
  const body = walker.apart(() => {
    for (const parameter of block.parameters) walker.scope.assign(parameter.name, DEFINED);
    walkBody(walker, block.body);
  });
  walker.path.mayFollow(body.path);
  print(walker, evaluate(walker, block.call), block.call);
}
