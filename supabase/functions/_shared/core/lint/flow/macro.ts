import type { Arguments } from "../../template/ast/expressions.ts";
import type { Parameter } from "../../template/ast/statements.ts";
import { Path } from "./path.ts";
import { Shape } from "./shape.ts";
import { DEFINED, NO_NAMES, type Value, variableValue } from "./value.ts";

/**
 * What calling a macro does, found by walking its body once. Parameters are walked as variables under
 * names no template can spell, and replaced by the arguments of each call.
 */
export interface Macro {
  readonly name: string;
  readonly parameters: readonly MacroParameter[];
  readonly path: Path;
  /** What the body needs of its parameters: the part of its path that is new with every call. */
  readonly placeholders: readonly string[];
}

/** What a macro's body needs of its parameters. */
export function placeholdersOf(path: Path): readonly string[] {
  return [...path.mayFailWithout].filter(isPlaceholder);
}

export interface MacroParameter {
  readonly name: string;
  /** The name that stands for it in the macro's path. */
  readonly placeholder: string;
  readonly shape: Shape;
  /** What it is when a call does not give it; null when there is no default. */
  readonly fallback: Value | null;
  /** What finding that out needs. */
  readonly fallbackPath: Path;
}

export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** `*args` or `**kwargs` were given, so a parameter without an argument may have one all the same. */
  readonly spread: boolean;
  readonly nodes: Arguments;
}

export function macroParameter(
  macroId: number,
  parameter: Parameter,
  fallback: Value | null,
  fallbackPath: Path,
): MacroParameter & { readonly value: Value } {
  const placeholder = ` ${macroId}:${parameter.name}`;
  const shape = new Shape();
  const value = variableValue(placeholder, shape);
  return { name: parameter.name, placeholder, shape, fallback, fallbackPath, value };
}

export function isPlaceholder(name: string): boolean {
  return name.startsWith(" ");
}

/** What one call needs through its arguments, which stand in the place of parameters. */
export function callMacro(macro: Macro, args: CallArguments): Path {
  const path = new Path();
  const values = new Map<string, Value>();
  macro.parameters.forEach((parameter, index) => {
    const given = args.positional[index] ?? args.named.get(parameter.name);
    if (given?.shape) given.shape.absorb(parameter.shape);
    if (given) path.add(NO_NAMES, given.innerUndefinedWithout);
    else if (args.spread) path.mayFollow(parameter.fallbackPath);
    else path.follow(parameter.fallbackPath);
    values.set(parameter.placeholder, given ?? (args.spread ? DEFINED : (parameter.fallback ?? DEFINED)));
  });
  for (const name of macro.placeholders) {
    // A placeholder of an enclosing macro has no value yet, and stays one until that macro is called.
    const value = values.get(name) ?? variableNamed(name);
    const certain = macro.path.failsWithout.has(name);
    path.add(certain ? value.undefinedWithout : NO_NAMES, value.maybeUndefinedWithout);
  }
  path.ends = path.raises = macro.path.raises;
  return path;
}

function variableNamed(name: string): Pick<Value, "undefinedWithout" | "maybeUndefinedWithout"> {
  const itself = new Set([name]);
  return { undefinedWithout: itself, maybeUndefinedWithout: itself };
}
