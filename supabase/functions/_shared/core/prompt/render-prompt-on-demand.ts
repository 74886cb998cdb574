import { withParts } from "../template/parts/fetch-parts.ts";
import type { PreparedPrompt } from "./prepare-prompt.ts";
import { type RenderedPrompt, renderPrepared } from "./render-prepared.ts";
import type { PromptVariables } from "./types.ts";

/** `renderPrompt` for browsers: parts of the template engine that are seldom needed are fetched when they are. */
export function renderPromptOnDemand(
  prompt: PreparedPrompt,
  variables: PromptVariables = {},
): Promise<RenderedPrompt> {
  return withParts(() => renderPrepared(prompt, variables));
}
