import {
  type TemplateOptions,
  VARIABLE_TYPES,
  type VariableContract,
  type VariableDeclaration,
  type VariableType,
} from "./types.ts";

/** Something in a stored contract that is not as {@link VariableContract} says. */
export interface ContractProblem {
  /** Where, as a path people can follow: `variables.name.type`. */
  readonly path: string;
  /** A sentence. */
  readonly message: string;
}

export interface ReadContract {
  /** What could be understood; what could not is left out. */
  readonly contract: VariableContract;
  readonly problems: readonly ContractProblem[];
}

type Json = Readonly<Record<string, unknown>>;

/** Names the template language can spell: what a template cannot read, nobody has to give. */
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/**
 * Reads a contract that comes from outside. Never throws: a version saved with a broken contract must still
 * be shown, compared and linted, and the linter then says what is wrong with it.
 */
export function readContract(input: unknown): ReadContract {
  const problems: ContractProblem[] = [];
  if (input === undefined || input === null) return { contract: {}, problems };
  if (!isObject(input)) {
    problems.push({ path: "contract", message: "The contract is not an object." });
    return { contract: {}, problems };
  }
  for (const key of Object.keys(input)) {
    if (!["variables", "variables_mode", "options"].includes(key)) {
      problems.push({ path: key, message: `A contract has no \`${key}\`.` });
    }
  }
  const mode = input.variables_mode;
  const knownMode = mode === "strict" || mode === "lenient";
  if (mode !== undefined && !knownMode) {
    problems.push({ path: "variables_mode", message: "`variables_mode` is neither `strict` nor `lenient`." });
  }
  const contract: VariableContract = {
    ...(input.variables === undefined ? {} : { variables: readVariables(input.variables, problems) }),
    ...(knownMode ? { variables_mode: mode } : {}),
    ...(input.options === undefined ? {} : { options: readOptions(input.options, problems) }),
  };
  return { contract, problems };
}

function readVariables(input: unknown, problems: ContractProblem[]): Record<string, VariableDeclaration> {
  if (!isObject(input)) {
    problems.push({ path: "variables", message: "`variables` is not an object." });
    return {};
  }
  const variables: [string, VariableDeclaration][] = [];
  for (const [name, declaration] of Object.entries(input)) {
    const path = `variables.${name}`;
    if (!NAME.test(name)) {
      problems.push({ path, message: `\`${name}\` is not a name a template can use.` });
    } else if (!isObject(declaration)) {
      problems.push({ path, message: `What is said about \`${name}\` is not an object.` });
    } else {
      variables.push([name, readDeclaration(declaration, path, problems)]);
    }
  }
  return Object.fromEntries(variables);
}

function readDeclaration(input: Json, path: string, problems: ContractProblem[]): VariableDeclaration {
  const { type, description, required } = input;
  const problem = (key: string, message: string) => problems.push({ path: `${path}.${key}`, message });
  const knownType = VARIABLE_TYPES.includes(type as VariableType);
  if (type !== undefined && !knownType) problem("type", `The type is none of ${VARIABLE_TYPES.join(", ")}.`);
  if (description !== undefined && typeof description !== "string") {
    problem("description", "The description is not text.");
  }
  if (required !== undefined && typeof required !== "boolean") {
    problem("required", "`required` is neither true nor false.");
  }
  for (const key of Object.keys(input)) {
    if (!["type", "description", "default", "required", "example"].includes(key)) {
      problem(key, `A variable has no \`${key}\`.`);
    }
  }
  return {
    ...(knownType ? { type: type as VariableType } : {}),
    ...(typeof description === "string" ? { description } : {}),
    ...(typeof required === "boolean" ? { required } : {}),
    ...(Object.hasOwn(input, "default") ? { default: input.default } : {}),
    ...(Object.hasOwn(input, "example") ? { example: input.example } : {}),
  };
}

const OPTIONS = ["trim_blocks", "lstrip_blocks", "keep_trailing_newline"] as const;

function readOptions(input: unknown, problems: ContractProblem[]): TemplateOptions {
  if (!isObject(input)) {
    problems.push({ path: "options", message: "`options` is not an object." });
    return {};
  }
  const options: [string, boolean][] = [];
  for (const [key, value] of Object.entries(input)) {
    const known = (OPTIONS as readonly string[]).includes(key);
    if (!known) problems.push({ path: `options.${key}`, message: `There is no option \`${key}\`.` });
    else if (typeof value !== "boolean") {
      problems.push({ path: `options.${key}`, message: `The option \`${key}\` is neither true nor false.` });
    } else options.push([key, value]);
  }
  return Object.fromEntries(options);
}

/** The type of a JSON value, in the contract's words; null has none. */
export function typeOfValue(value: unknown): VariableType | "null" {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "list";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
