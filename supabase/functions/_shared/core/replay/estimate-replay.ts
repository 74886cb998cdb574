/** A price, in billionths of a US dollar per million tokens, as in `model_prices`. */
export type ModelPrice = {
  readonly input_nanousd_per_mtok: number;
  readonly output_nanousd_per_mtok: number;
};

/** One request that a replay is going to make. */
export type PlannedRequest = {
  /** Tokens of the rendered prompt. */
  readonly promptTokens: number;
  /** What the answer took when the case was logged; unknown for examples. */
  readonly completionTokens: number | null;
  /** The price of the version's model; null when nobody knows it. */
  readonly price: ModelPrice | null;
  /** Whether the organization's credit pays for it, and not its own provider's bill. */
  readonly fromCredit: boolean;
};

/** What a replay will cost. `nanousd` is null as soon as one price is unknown: a part is not the whole. */
export type ReplayEstimate = {
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly nanousd: number | null;
  /** How much of what is known comes out of the organization's credit. */
  readonly fromCreditNanousd: number;
};

/** What an answer of unknown length is taken to have when nothing better is known. */
export const ASSUMED_COMPLETION_TOKENS = 500;

/**
 * The cost of a replay before it runs. Prompts are counted, answers are not there yet: each is taken to be as
 * long as the logged one, or else as long as the others on average, or else as the template's answers usually are.
 * Nothing is taken to be cached.
 */
export function estimateReplay(
  planned: readonly PlannedRequest[],
  usualCompletionTokens = ASSUMED_COMPLETION_TOKENS,
): ReplayEstimate {
  const known = planned.flatMap(({ completionTokens }) =>
    completionTokens === null ? [] : [completionTokens],
  );
  const usual = known.length > 0 ? Math.round(sum(known) / known.length) : usualCompletionTokens;
  const costs = planned.map(({ promptTokens, completionTokens, price }) =>
    price === null
      ? Number.NaN
      : (promptTokens * price.input_nanousd_per_mtok +
          (completionTokens ?? usual) * price.output_nanousd_per_mtok) /
        1e6,
  );
  const total = Math.round(sum(costs));
  const charged = costs.filter((cost, i) => planned[i]?.fromCredit && !Number.isNaN(cost));
  return {
    requests: planned.length,
    promptTokens: sum(planned.map(({ promptTokens }) => promptTokens)),
    completionTokens: sum(planned.map(({ completionTokens }) => completionTokens ?? usual)),
    nanousd: Number.isNaN(total) ? null : total,
    fromCreditNanousd: Math.round(sum(charged)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
