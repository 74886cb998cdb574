import { VARIABLE_TYPES, type VariableDeclaration, type VariableType } from "@core/prompt/types.ts";

export type Contract = Record<string, unknown>;

/** What the author says of a variable; all of it may be missing. */
export function declarationOf(contract: Contract, name: string): VariableDeclaration {
  const variables = contract.variables as Record<string, VariableDeclaration> | undefined;
  return variables?.[name] ?? {};
}

/** What the author gives as example of each variable, where they do. */
export function examplesOf(contract: Contract): Record<string, unknown> {
  const said = Object.entries((contract.variables ?? {}) as Record<string, VariableDeclaration>);
  return Object.fromEntries(
    said.filter(([, one]) => Object.hasOwn(one, "example")).map(([name, one]) => [name, one.example]),
  );
}

/**
 * Says something of a variable, or takes it back with undefined. A variable nothing is said of is no longer
 * declared, so that the text alone decides again. Keys that are not known here stay.
 */
export function declare(contract: Contract, name: string, part: Partial<VariableDeclaration>): Contract {
  const merged = { ...declarationOf(contract, name), ...part };
  const said = Object.entries(merged).filter(([, value]) => value !== undefined);
  const variables = { ...(contract.variables as object), [name]: Object.fromEntries(said) };
  return withVariables(contract, said.length === 0 ? without(variables, name) : variables);
}

/** Takes a variable out of the contract, whatever was said of it. */
export function undeclare(contract: Contract, name: string): Contract {
  return withVariables(contract, without((contract.variables ?? {}) as object, name));
}

function without(variables: object, name: string): object {
  return Object.fromEntries(Object.entries(variables).filter(([key]) => key !== name));
}

function withVariables(contract: Contract, variables: object): Contract {
  if (Object.keys(variables).length > 0) return { ...contract, variables };
  const { variables: _none, ...rest } = contract;
  return rest;
}

export const variableTypes: readonly VariableType[] = VARIABLE_TYPES;

/** A value typed into a field, for a variable of this type: text for a string, else JSON where it is JSON. */
export function valueOfText(text: string, type: string): unknown {
  if (type === "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function textOfValue(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export const whitespaceOptions = [
  ["trim_blocks", "The line break after a tag is removed"],
  ["lstrip_blocks", "Spaces before a tag that begins a line are removed"],
  ["keep_trailing_newline", "A line break at the end of a message is kept"],
] as const;

export function withOption(contract: Contract, name: string, on: boolean): Contract {
  const { [name]: _old, ...rest } = (contract.options ?? {}) as Record<string, unknown>;
  const options = on ? { ...rest, [name]: true } : rest;
  if (Object.keys(options).length > 0) return { ...contract, options };
  const { options: _none, ...others } = contract;
  return others;
}

export function withMode(contract: Contract, mode: "strict" | "lenient"): Contract {
  const { variables_mode: _old, ...rest } = contract;
  return mode === "strict" ? rest : { ...rest, variables_mode: mode };
}
