import type { PromptSource } from "../prompt/types.ts";
import { type LiteralText, readLiteralText } from "../text/literal-text.ts";
import { splitSentences } from "../text/sentences.ts";
import { isEvaluatorDirected } from "./evaluator-directed.ts";
import { profileTask } from "./task-profile.ts";
import type { Instruction, PreparedPrompt } from "./types.ts";

/**
 * Reads a prompt once for all rules.
 *
 * @throws TemplateError when a message is not Jinja2
 */
export function preparePrompt(
  source: PromptSource,
  config: Readonly<Record<string, unknown>> = {},
): PreparedPrompt {
  const options = source.contract?.options;
  const literals = source.messages.map((message) =>
    readLiteralText(message.content, {
      trimBlocks: options?.trim_blocks,
      lstripBlocks: options?.lstrip_blocks,
      keepTrailingNewline: options?.keep_trailing_newline,
    }),
  );
  const sentences = source.messages.flatMap((message, index) =>
    // An assistant turn shows how to answer; it tells the model nothing to do.
    message.role === "assistant" ? [] : sentencesOf(literals[index], index),
  );
  const evaluatorDirected = sentences.filter((sentence) => isEvaluatorDirected(sentence.text));
  const instructions = sentences.filter(
    (sentence) => !sentence.sample && !evaluatorDirected.includes(sentence),
  );
  const takesInput = source.messages.some(({ content }) => /\{\{|\{%/.test(content));
  const task = profileTask(instructions, takesInput);
  return { source, config, literals, instructions, evaluatorDirected, task };
}

function sentencesOf(literal: LiteralText | undefined, message: number): Instruction[] {
  return literal ? splitSentences(literal).map((sentence) => ({ ...sentence, message })) : [];
}
