import "../template/parts/all-parts.ts";
import type { PreparedPrompt } from "./prepare-prompt.ts";
import { type RenderedPrompt, type RenderPromptOptions, renderPrepared } from "./render-prepared.ts";
import type { PromptVariables } from "./types.ts";

export type { RenderedPrompt, RenderPromptOptions };

/**
 * Renders a prepared version with a caller's variables, with the whole template engine there: what functions use.
 * See `renderPrepared`.
 *
 * @throws PromptVariablesError, TemplateError
 */
export const renderPrompt: (
  prompt: PreparedPrompt,
  variables?: PromptVariables,
  options?: RenderPromptOptions,
) => RenderedPrompt = renderPrepared;
