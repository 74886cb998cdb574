import { parseOptions } from "../prompt/parse-options.ts";
import { readContract } from "../prompt/read-contract.ts";
import type { IncludedVersion, IncludingSource } from "../prompt/types.ts";
import { TemplateError } from "../template/template-error.ts";
import { type LiteralText, readLiteralText } from "../text/literal-text.ts";
import { type Sentence, splitSentences } from "../text/sentences.ts";
import { isEvaluatorDirected } from "./evaluator-directed.ts";
import { profileTask } from "./task-profile.ts";
import type { Instruction, PreparedPrompt } from "./types.ts";

/**
 * Reads a prompt once for all rules.
 *
 * @throws TemplateError when a message is not Jinja2
 */
export function preparePrompt(
  source: IncludingSource,
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
  const said = [...instructions, ...(source.includes?.versions ?? []).flatMap(saidBy)];
  const task = profileTask(said, takesInput);
  return { source, config, literals, instructions, said, evaluatorDirected, task };
}

/** What an included template says to the model; one that is not Jinja2 says nothing. */
function saidBy({ messages, contract }: IncludedVersion): Sentence[] {
  const content = (messages as { content?: unknown }[] | null)?.[0]?.content;
  if (typeof content !== "string") return [];
  try {
    const literal = readLiteralText(content, parseOptions(readContract(contract).contract));
    return splitSentences(literal).filter(({ sample }) => !sample);
  } catch (error) {
    if (error instanceof TemplateError) return [];
    throw error;
  }
}

function sentencesOf(literal: LiteralText | undefined, message: number): Instruction[] {
  return literal ? splitSentences(literal).map((sentence) => ({ ...sentence, message })) : [];
}
