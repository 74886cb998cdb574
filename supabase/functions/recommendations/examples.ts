import { preparePrompt } from "../_shared/core/prompt/prepare-prompt.ts";
import { renderPrompt } from "../_shared/core/prompt/render-prompt.ts";
import type {
  IncludingSource,
  PromptMessage,
  PromptVariables,
  VariableType,
} from "../_shared/core/prompt/types.ts";

/** What stands for a variable of which the contract gives neither example nor default. */
const SAMPLES: Readonly<Record<VariableType, unknown>> = {
  string: "example text",
  number: 1,
  boolean: true,
  list: ["first example", "second example"],
  object: { name: "example" },
  any: "example text",
};

/** The contract's examples over its defaults; a sample of the type where a required variable has neither. */
export function exampleVariables(source: IncludingSource): { variables: PromptVariables; complete: boolean } {
  const all = [...preparePrompt(source, source.includes).contract.variables.values()];
  const given = all.filter(({ hasExample }) => hasExample).map(({ name, example }) => [name, example]);
  const sampled = all
    .filter(({ hasExample, required }) => !hasExample && required)
    .map(({ name, type }) => [name, SAMPLES[type]]);
  return { variables: Object.fromEntries([...given, ...sampled]), complete: sampled.length === 0 };
}

/** The messages rendered, or null where these variables do not do for it. */
export function tryRender(
  source: IncludingSource,
  variables: PromptVariables,
): readonly PromptMessage[] | null {
  try {
    return renderPrompt(preparePrompt(source, source.includes), variables).messages;
  } catch {
    return null;
  }
}
