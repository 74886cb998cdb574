import type { PromptMessage } from "../prompt/types.ts";
import type { TokenCounter } from "../tokens/count-tokens.ts";

/** What a change of text does to the tokens of a request, counted, not guessed. */
export interface TokenReduction {
  readonly before: number;
  readonly after: number;
  /** Share of the tokens saved, in per cent with one decimal; negative when the new text is longer. */
  readonly percent: number;
  /** Whether the model's own tokenizer counted; otherwise another's did, as an estimate. */
  readonly exact: boolean;
  readonly encoding: string;
  /** Nano-dollars saved in input per 1 000 requests; null where the model's price is not known. */
  readonly savedNanousdPer1000: number | null;
}

/**
 * Counts both prompts as they are rendered with the example variables.
 *
 * @param inputNanousdPerMillion the model's price of one million input tokens, in billionths of a US dollar
 */
export function countReduction(
  before: readonly PromptMessage[],
  after: readonly PromptMessage[],
  counter: TokenCounter,
  inputNanousdPerMillion: number | null,
): TokenReduction {
  const [old, now] = [counter.countMessages(before), counter.countMessages(after)];
  return {
    before: old,
    after: now,
    percent: old === 0 ? 0 : Math.round((1000 * (old - now)) / old) / 10,
    exact: counter.exact,
    encoding: counter.encoding,
    savedNanousdPer1000:
      inputNanousdPerMillion === null
        ? null
        : Math.round(((old - now) * 1000 * inputNanousdPerMillion) / 1_000_000),
  };
}
