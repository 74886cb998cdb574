import { isPlainObject } from "../gateway/nemo-fields.ts";

/** What a provider says a request used, whichever of OpenAI's APIs it speaks. Counts of tokens. */
export interface Usage {
  promptTokens: number;
  /** The part of `promptTokens` that was read from the provider's cache and is billed at its lower price. */
  cachedTokens: number;
  completionTokens: number;
}

/**
 * Reads the usage from a parsed answer or stream event: chat completions and embeddings (`usage.prompt_tokens`),
 * responses (`usage.input_tokens`), and the responses stream, whose last event wraps the whole response.
 * Null where there is none, or where it is not a count: half a usage would leave the other half unpaid. Only
 * embeddings generate nothing and tell no such number.
 */
export function readUsage(answer: unknown): Usage | null {
  if (!isPlainObject(answer)) return null;
  const usage = isPlainObject(answer.usage) ? answer.usage : nested(answer.response);
  if (!usage) return null;
  const promptTokens = count(usage.prompt_tokens ?? usage.input_tokens);
  const generated = usage.completion_tokens ?? usage.output_tokens ?? (Array.isArray(answer.data) ? 0 : null);
  const completionTokens = count(generated);
  if (promptTokens === null || completionTokens === null) return null;
  const details = usage.prompt_tokens_details ?? usage.input_tokens_details;
  const cached = isPlainObject(details) ? count(details.cached_tokens) : null;
  return {
    promptTokens,
    cachedTokens: Math.min(cached ?? 0, promptTokens),
    completionTokens,
  };
}

function nested(response: unknown): Record<string, unknown> | null {
  return isPlainObject(response) && isPlainObject(response.usage) ? response.usage : null;
}

const MAX_COUNT = 2 ** 31 - 1;

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_COUNT
    ? value
    : null;
}
