import type { InferredKind } from "@core/lint/flow/shape.ts";
import type { ContractVariable } from "@core/lint/reconcile-contract.ts";
import { preparePrompt } from "@core/prompt/prepare-prompt.ts";
import type { Includes, PromptSource } from "@core/prompt/types.ts";

/** Something of the right form that says what belongs there. */
function placeholder(name: string, { kind, fields = {}, items }: InferredKind): unknown {
  switch (kind) {
    case "number":
      return 1;
    case "boolean":
      return true;
    case "list":
      return items ? [placeholder(name, items)] : [`<${name}>`];
    case "object":
      return Object.fromEntries(
        Object.entries(fields).map(([field, inner]) => [field, placeholder(field, inner)]),
      );
    default:
      return `<${name}>`;
  }
}

/** The declared type counts; the form inside it is what the text shows, where it shows that type. */
function exampleOf({ name, type, inferred, hasExample, example }: ContractVariable): unknown {
  if (hasExample) return example;
  return placeholder(name, inferred.kind === type ? inferred : { kind: type });
}

/** Everything a version reads or declares. A text that does not parse asks for nothing: it cannot be served either. */
export function variablesOf(source: PromptSource, includes?: Includes | null): ContractVariable[] {
  try {
    return [...preparePrompt(source, includes).contract.variables.values()];
  } catch {
    return [];
  }
}

/** What callers of this version must give, with the author's examples or with placeholders. */
export function exampleVariables(source: PromptSource, includes?: Includes | null): Record<string, unknown> {
  const required = variablesOf(source, includes).filter((variable) => variable.required);
  return Object.fromEntries(required.map((variable) => [variable.name, exampleOf(variable)]));
}
