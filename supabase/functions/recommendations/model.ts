import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { z } from "zod";
import { GatewayError } from "../_shared/core/errors/gateway-errors.ts";
import type { TokenCounter } from "../_shared/core/tokens/count-tokens.ts";
import { costOf } from "./estimate.ts";
import { ModelError } from "./model-error.ts";
import { asProviderError, type Provider } from "./providers.ts";
import type { ModelPrice, ModelUsage } from "./store.ts";

/** The fake provider of a local stack writes "fake" into each model name it answers with: what it says is no judgement. */
export function isFakeModel(model: string): boolean {
  return /\bfake\b|^fake/i.test(model);
}

/** What may be spent, in billionths of a US dollar. A call that could pass the limit at its longest is not made. */
export interface Budget {
  readonly limit: number;
  readonly price: ModelPrice;
  readonly counter: TokenCounter;
}

type Message = { role: "system" | "developer" | "user" | "assistant"; content: string };

/** One model for one job. It counts what it uses, and answers text or JSON of a given shape, or throws a ModelError. */
export class Model {
  readonly name: string;
  /** Who answers. */
  readonly provider: string;
  private readonly client: OpenAI;
  private readonly used = { prompt_tokens: 0, cached_tokens: 0, completion_tokens: 0 };
  private readonly budget: Budget;

  constructor(provider: Provider, name: string, budget: Budget) {
    this.name = name;
    this.provider = provider.name;
    this.budget = budget;
    this.client = new OpenAI({
      baseURL: provider.baseUrl,
      apiKey: provider.apiKey ?? "none",
      timeout: provider.timeoutMs,
      ...(provider.fetch && { fetch: provider.fetch }),
      // Otherwise the client takes the operator's from the environment, for whomever it asks.
      organization: null,
      project: null,
      // The job itself tries again, later and with the person's knowledge.
      maxRetries: 0,
    });
  }

  get usage(): ModelUsage {
    return { provider: this.provider, model: this.name, ...this.used };
  }

  /** The tokens of messages, by this model's tokenizer. */
  count(messages: readonly Message[]): number {
    return this.budget.counter.countMessages(messages);
  }

  /** An answer as text, of at most `maxTokens`. */
  async answer(messages: readonly Message[], maxTokens = 800): Promise<string> {
    return await this.complete({ messages: [...messages], max_completion_tokens: maxTokens });
  }

  /** An answer of the schema's shape. What does not fit it is `model_nonsense`, never passed on. */
  async ask<T extends z.ZodType>(
    name: string,
    schema: T,
    messages: readonly Message[],
    maxTokens = 200,
  ): Promise<z.infer<T>> {
    const text = await this.complete({
      messages: [...messages],
      temperature: 0,
      max_completion_tokens: maxTokens,
      response_format: {
        type: "json_schema",
        json_schema: { name, strict: true, schema: z.toJSONSchema(schema) as Record<string, unknown> },
      },
    });
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new ModelError("model_nonsense", "The model's answer is not JSON.");
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success)
      throw new ModelError("model_nonsense", "The model's answer has another shape than was asked for.");
    return parsed.data;
  }

  private async complete(
    body: Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, "model">,
  ): Promise<string> {
    const input = this.budget.counter.countMessages(body.messages as Message[]);
    const { prompt_tokens, completion_tokens } = this.used;
    const worst = {
      prompt_tokens: prompt_tokens + input,
      completion_tokens: completion_tokens + (body.max_completion_tokens ?? 0),
    };
    if (costOf(this.budget.price, worst) > this.budget.limit)
      throw new ModelError("cost_limit", "One more call could cost more than was agreed.");
    let completion: OpenAI.ChatCompletion;
    try {
      completion = await this.client.chat.completions.create({ model: this.name, ...body });
    } catch (error) {
      throw asModelError(error);
    }
    if (isFakeModel(completion.model ?? ""))
      throw new ModelError("model_is_fake", "The fake provider answered.");
    this.used.prompt_tokens += tokensOf(completion.usage?.prompt_tokens);
    this.used.cached_tokens += tokensOf(completion.usage?.prompt_tokens_details?.cached_tokens);
    this.used.completion_tokens += tokensOf(completion.usage?.completion_tokens);
    const message = completion.choices?.[0]?.message;
    if (message?.refusal) throw new ModelError("model_refused", "The model refused.");
    if (!message?.content) throw new ModelError("model_nonsense", "The model answered nothing.");
    return message.content;
  }
}

/** What a provider says it used is charged: it must be a number of tokens, and no more than any model reads at once. */
function tokensOf(told: unknown): number {
  return Number.isSafeInteger(told) ? Math.min(Math.max(told as number, 0), MOST_TOKENS) : 0;
}

const MOST_TOKENS = 10_000_000;

function asModelError(error: unknown): ModelError {
  if (error instanceof APIConnectionError && error.cause instanceof GatewayError)
    return asProviderError(error.cause);
  if (error instanceof APIConnectionTimeoutError)
    return new ModelError("model_timeout", "The provider took too long.", true);
  if (error instanceof APIConnectionError)
    return new ModelError("model_unreachable", "The provider cannot be reached.", true);
  if (error instanceof APIError && error.status !== undefined) {
    const passing = error.status === 429 || error.status >= 500;
    return new ModelError(
      passing ? "model_unreachable" : "model_refused",
      `The provider answered ${error.status}.`,
      passing,
    );
  }
  return new ModelError("model_nonsense", "The provider's answer is not a chat completion.");
}
