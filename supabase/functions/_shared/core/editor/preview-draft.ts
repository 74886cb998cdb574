import { type CacheableShare, cacheableShare } from "../lint/cacheable-share.ts";
import { type LintInput, lintContext, runRules } from "../lint/lint-prompt.ts";
import type { LintReport } from "../lint/lint-result.ts";
import type { ContractVariable } from "../lint/reconcile-contract.ts";
import { preparePrompt } from "../prompt/prepare-prompt.ts";
import { PromptVariablesError } from "../prompt/prompt-variables-error.ts";
import { renderPrepared } from "../prompt/render-prepared.ts";
import type { Includes, PromptMessage, PromptSource, PromptVariables } from "../prompt/types.ts";
import { describePlace, TemplateError } from "../template/template-error.ts";
import type { TokenCounter } from "../tokens/count-tokens.ts";

export interface PreviewInput extends LintInput {
  /** Values to render with; the contract's examples and defaults fill what is left out. */
  readonly variables?: PromptVariables;
  /** What the draft would include if it were saved now; without it, includes are not looked at. */
  readonly includes?: Includes | null;
}

export interface PreviewOptions {
  readonly tokens?: TokenCounter | null;
  readonly now?: () => Date;
}

/** Why there is no rendering. */
export interface PreviewError {
  readonly code: string;
  readonly message: string;
  /** Variables that are missing or unknown. */
  readonly names: readonly string[];
  /** In the draft, or in the included template that is named. */
  readonly line: number | null;
  readonly column: number | null;
  /** The included or imported template it arose in; null for the draft itself. */
  readonly template: string | null;
  /** All of that in words, with where the draft includes the other template; null where there is no place. */
  readonly place: string | null;
}

/** All an editor shows about a draft. Plain data, so that a worker can send it. */
export interface Preview {
  readonly report: LintReport;
  readonly variables: readonly ContractVariable[];
  readonly rendered: readonly PromptMessage[] | null;
  readonly error: PreviewError | null;
  /** Tokens of the rendered messages as a request; null without a tokenizer or a rendering. */
  readonly tokens: number | null;
  readonly cacheable: CacheableShare;
}

/**
 * Lints, renders and counts a draft in one call, with the template engine's parts that are there. Never throws for
 * anything an author can type, but MissingPart.
 */
export function previewDraft(input: PreviewInput, options: PreviewOptions = {}): Preview {
  const tokens = options.tokens ?? null;
  const context = lintContext(input, { tokens, includes: input.includes ?? null });
  const variables = [...context.effective.variables.values()];
  const examples = variables.filter((one) => one.hasExample).map((one) => [one.name, one.example]);
  const values = { ...Object.fromEntries(examples), ...input.variables };
  // Messages that are no messages are findings of the report already.
  const nothing = { rendered: null, error: null };
  const { rendered, error } =
    context.messageProblems.length > 0 ? nothing : tryRender(input, values, options.now);
  return {
    report: runRules(context),
    variables,
    rendered,
    error,
    tokens: tokens && rendered ? tokens.countMessages(rendered) : null,
    cacheable: cacheableShare(context),
  };
}

function tryRender(
  input: PreviewInput,
  values: PromptVariables,
  now: (() => Date) | undefined,
): Pick<Preview, "rendered" | "error"> {
  try {
    const prompt = preparePrompt(
      { messages: input.messages, contract: input.contract } as PromptSource,
      input.includes,
    );
    return { rendered: renderPrepared(prompt, values, now ? { now } : {}).messages, error: null };
  } catch (error) {
    return { rendered: null, error: describe(error) };
  }
}

function describe(error: unknown): PreviewError {
  if (error instanceof PromptVariablesError) {
    const { code, message, names } = error;
    return { code, message, names, line: null, column: null, template: null, place: null };
  }
  if (error instanceof TemplateError) {
    const { code, message, line, column, template = null } = error;
    return { code, message, names: [], line, column, template, place: describePlace(error) };
  }
  throw error;
}
