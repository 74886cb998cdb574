import { preparePrompt } from "@core/prompt/prepare-prompt.ts";
import { PromptVariablesError } from "@core/prompt/prompt-variables-error.ts";
import { renderPrompt } from "@core/prompt/render-prompt.ts";
import { TemplateError } from "@core/template/template-error.ts";
import type { TokenCounter } from "@core/tokens/count-tokens.ts";
import type { Message } from "../../../lib/queries/get-versions.ts";
import type { AnalysisInput } from "./analyse.ts";

export type Preview =
  | { ok: true; messages: Message[]; tokens: number }
  | { ok: false; code: string; message: string };

/** What would be sent with these values: the same parse and the same render as in the gateway. */
export function preview(
  input: AnalysisInput,
  variables: Record<string, unknown>,
  tokens: TokenCounter,
): Preview {
  try {
    const prompt = preparePrompt({ messages: input.messages, contract: input.contract });
    const messages = [...renderPrompt(prompt, variables).messages];
    return { ok: true, messages, tokens: tokens.countMessages(messages) };
  } catch (reason) {
    if (reason instanceof PromptVariablesError || reason instanceof TemplateError) {
      return { ok: false, code: reason.code, message: reason.message };
    }
    throw reason;
  }
}
