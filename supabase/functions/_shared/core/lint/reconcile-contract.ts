import type { VariableContract, VariableDeclaration, VariablesMode, VariableType } from "../prompt/types.ts";
import type { DerivedContract, DerivedVariable, Need } from "./derive-contract.ts";
import type { InferredKind } from "./flow/shape.ts";
import type { Place } from "./flow/walk-records.ts";

/** All that is known of one variable: what its author says, over what the syntax tree shows. */
export interface ContractVariable {
  readonly name: string;
  readonly type: VariableType;
  readonly inferred: InferredKind;
  readonly description: string | null;
  /** Whether callers must give it. A variable with a default never is. */
  readonly required: boolean;
  readonly hasDefault: boolean;
  readonly default: unknown;
  readonly hasExample: boolean;
  readonly example: unknown;
  /** Named in the author's contract. */
  readonly declared: boolean;
  /** Read anywhere in the messages. */
  readonly used: boolean;
  readonly need: Need;
  readonly uses: readonly Place[];
  readonly firstNeed: Place | null;
}

/** The contract a version is rendered by. */
export interface EffectiveContract {
  readonly mode: VariablesMode;
  readonly variables: ReadonlyMap<string, ContractVariable>;
  /** Whether the author named any variable; if so, the contract is meant to be complete. */
  readonly declares: boolean;
}

const UNDECLARED: VariableDeclaration = {};

const UNUSED: Omit<DerivedVariable, "name"> = {
  need: "never",
  inferred: { kind: "any" },
  uses: [],
  firstNeed: null,
};

/**
 * Joins the two sides. The author's word counts where there is one; the rest is read off the syntax tree:
 * a variable is required when every rendering needs it and no default applies.
 */
export function reconcileContract(contract: VariableContract, derived: DerivedContract): EffectiveContract {
  const declarations = new Map(Object.entries(contract.variables ?? {}));
  const variables = new Map<string, ContractVariable>();
  for (const name of new Set([...derived.variables.keys(), ...declarations.keys()])) {
    variables.set(name, join(name, declarations.get(name), derived.variables.get(name)));
  }
  return { mode: contract.variables_mode ?? "strict", variables, declares: declarations.size > 0 };
}

function join(
  name: string,
  declaration: VariableDeclaration = UNDECLARED,
  derived: Omit<DerivedVariable, "name"> = UNUSED,
): ContractVariable {
  const hasDefault = Object.hasOwn(declaration, "default");
  return {
    name,
    type: declaration.type ?? derived.inferred.kind,
    inferred: derived.inferred,
    description: declaration.description ?? null,
    required: !hasDefault && (declaration.required ?? derived.need === "always"),
    hasDefault,
    default: declaration.default,
    hasExample: Object.hasOwn(declaration, "example"),
    example: declaration.example,
    declared: declaration !== UNDECLARED,
    used: derived !== UNUSED,
    need: derived.need,
    uses: derived.uses,
    firstNeed: derived.firstNeed,
  };
}
