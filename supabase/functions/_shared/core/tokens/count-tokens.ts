import type { PromptMessage } from "../prompt/types.ts";
import { type EncodingName, type ModelFacts, modelFacts } from "./model-facts.ts";

/** Counts tokens as one model's tokenizer does. Made by {@link loadTokenCounter}; then everything is in memory. */
export interface TokenCounter extends ModelFacts {
  count(text: string): number;
  /** A whole request: the texts, and what the chat format adds around each message. */
  countMessages(messages: readonly Pick<PromptMessage, "role" | "content">[]): number;
}

type CountTokens = (text: string, options: { disallowedSpecial: Set<string> }) => number;

/**
 * Loads the tokenizer of a model. Without a model, or with one this version does not know, `o200k_base`
 * counts and `exact` is false. The tables are large (0.5 and 1.1 MB gzipped), so each is imported only
 * when a model needs it; keep the counter, the second load is free.
 */
export async function loadTokenCounter(model?: string | null): Promise<TokenCounter> {
  const facts = await modelFacts(model);
  const countTokens = await loadEncoding(facts.encoding);
  const count = (text: string) => countInPieces(text, countTokens);
  return {
    ...facts,
    count,
    countMessages(messages) {
      // 3 per message and 3 to open the answer, as in OpenAI's cookbook, "How to count tokens with tiktoken".
      let total = 3;
      for (const message of messages) total += 3 + count(message.role) + count(message.content);
      return total;
    },
  };
}

async function loadEncoding(encoding: EncodingName): Promise<CountTokens> {
  return encoding === "cl100k_base"
    ? (await import("gpt-tokenizer/encoding/cl100k_base")).countTokens
    : (await import("gpt-tokenizer/encoding/o200k_base")).countTokens;
}

/** A text such as `<|endoftext|>` in a prompt is text: providers encode it as such, so nothing is special. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/**
 * The tokenizer's time grows with the square of an unbroken run (64 KiB of one letter take a second).
 * Runs this long are cut, at the cost of at most one token too many per cut; no ordinary text has them.
 */
const LONGEST_RUN = 256;
const LONG_RUNS = /[\p{L}\p{M}]{257,}|\s{257,}|[^\s\p{L}\p{M}\p{N}]{257,}/gu;
const PIECES = new RegExp(`[^]{1,${LONGEST_RUN}}`, "gu");

function countInPieces(text: string, countTokens: CountTokens): number {
  let total = 0;
  let done = 0;
  for (const run of text.matchAll(LONG_RUNS)) {
    if (run.index > done) total += countTokens(text.slice(done, run.index), AS_TEXT);
    for (const piece of run[0].match(PIECES) ?? []) total += countTokens(piece, AS_TEXT);
    done = run.index + run[0].length;
  }
  return done === text.length ? total : total + countTokens(text.slice(done), AS_TEXT);
}
