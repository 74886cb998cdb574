import { Meter } from "../template/budgets.ts";
import { renderParsed } from "../template/render-parsed.ts";
import { TemplateError } from "../template/template-error.ts";
import { checkVariables } from "./check-variables.ts";
import type { PreparedPrompt } from "./prepare-prompt.ts";
import { PromptVariablesError } from "./prompt-variables-error.ts";
import type { PromptMessage, PromptVariables } from "./types.ts";

export interface RenderPromptOptions {
  /** What `strftime_now` reads; by default the real clock. */
  readonly now?: () => Date;
  /** By default all messages of one prompt share a new one, so budgets hold for the prompt as a whole. */
  readonly meter?: Meter;
}

export interface RenderedPrompt {
  readonly messages: readonly PromptMessage[];
}

/**
 * What `renderPrompt` and `renderPromptOnDemand` do, with the engine's parts that are there: renders a prepared
 * version with a caller's variables; defaults of the contract fill what is left out.
 * Values are data: what looks like a tag in one is text. Nothing of one render is seen by another.
 *
 * @throws PromptVariablesError when variables are missing or unknown, naming all of them; also when a branch
 * is reached that needs one more
 * @throws TemplateError for anything else that goes wrong in a template, past a budget for instance
 * @throws MissingPart when it comes to a part of the engine that is not there
 */
export function renderPrepared(
  prompt: PreparedPrompt,
  variables: PromptVariables = {},
  options: RenderPromptOptions = {},
): RenderedPrompt {
  checkVariables(prompt, variables);
  const values: PromptVariables = { ...prompt.defaults, ...variables };
  const renderOptions = {
    undefined: prompt.contract.mode === "lenient" ? ("default" as const) : ("strict" as const),
    meter: options.meter ?? new Meter(),
    now: options.now ?? (() => new Date()),
    loader: prompt.resolve,
  };
  try {
    const messages = prompt.messages.map(({ role, template }) => ({
      role,
      content: renderParsed(template, values, renderOptions),
    }));
    return { messages };
  } catch (error) {
    throw missingOnBranch(error, prompt, values) ?? error;
  }
}

/** An undefined variable of the contract is one the caller left out, and is told as such. */
function missingOnBranch(error: unknown, prompt: PreparedPrompt, values: PromptVariables): Error | null {
  if (!(error instanceof TemplateError) || error.code !== "undefined_error") return null;
  const { variable } = error;
  if (variable === undefined || Object.hasOwn(values, variable)) return null;
  return prompt.contract.variables.has(variable) ? new PromptVariablesError([variable], []) : null;
}
