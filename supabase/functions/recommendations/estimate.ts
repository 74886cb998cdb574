import type { TokenCounter } from "../_shared/core/tokens/count-tokens.ts";
import type { Job, ModelPrice, ModelUsage, StoredVersion } from "./store.ts";

/** What a job may cost, in billionths of a US dollar; null when the model has no known price. */
export interface CostEstimate {
  readonly model_calls_at_most: number;
  readonly low_nanousd: number | null;
  readonly high_nanousd: number | null;
}

/** Of the instructions around the prompt, and of an answer, in tokens; generous, so that the estimate is not exceeded. */
const AROUND = 300;
const ANSWER = 800;
const VERDICT = 200;
const REWRITE_TRIES = 3;
const JUDGEMENTS_PER_INPUT = 4;

/** What a rewrite of a prompt of so many tokens may have: the prompt again in JSON, and a reason. */
export function rewriteLength(promptTokens: number): number {
  return Math.ceil(promptTokens * 1.5) + AROUND;
}

/** Before a job: nothing for rules alone; otherwise every call it could make, once (low) and with all retries (high). */
export function estimateCost(
  version: StoredVersion,
  kinds: Job["kinds"],
  inputs: number,
  counter: TokenCounter,
  price: ModelPrice | null,
): CostEstimate {
  const rewrites = kinds.filter((kind) => kind !== "rules").length;
  if (rewrites === 0) return { model_calls_at_most: 0, low_nanousd: 0, high_nanousd: 0 };
  const prompt = counter.countMessages(version.messages);
  const rounds = rewrites * Math.max(1, inputs);
  const call = (input: number, output: number) =>
    price ? costOf(price, { prompt_tokens: input, completion_tokens: output }) : 0;
  const rewrite = call(prompt + AROUND, prompt + AROUND);
  const judging =
    2 * call(prompt + AROUND, ANSWER) + JUDGEMENTS_PER_INPUT * call(prompt + 2 * ANSWER + AROUND, VERDICT);
  // A second try holds the first in its conversation, a third both.
  const retries = call(8 * (prompt + AROUND), REWRITE_TRIES * rewriteLength(prompt));
  return {
    model_calls_at_most: rewrites * REWRITE_TRIES + rounds * (2 + JUDGEMENTS_PER_INPUT),
    low_nanousd: price ? Math.ceil(rewrites * rewrite) : null,
    high_nanousd: price ? Math.ceil(rewrites * retries + rounds * judging) : null,
  };
}

/** The price of some tokens, in billionths of a US dollar; all input at the full price, so cached input costs less. */
export function costOf(
  price: ModelPrice,
  used: Pick<ModelUsage, "prompt_tokens" | "completion_tokens">,
): number {
  const { input_nanousd_per_mtok, output_nanousd_per_mtok } = price;
  return (
    (used.prompt_tokens * input_nanousd_per_mtok + used.completion_tokens * output_nanousd_per_mtok) /
    1_000_000
  );
}
