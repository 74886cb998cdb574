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
};

/** What a replay will cost. `nanousd` is null as soon as one price is unknown: a part is not the whole. */
export type ReplayEstimate = {
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly nanousd: number | null;
};

/** What an answer of unknown length is taken to have. */
export const ASSUMED_COMPLETION_TOKENS = 500;

/**
 * The cost of a replay before it runs. Prompts are counted, answers are not there yet: each is taken to be as
 * long as the logged one, or else as long as the others on average. Nothing is taken to be cached.
 */
export function estimateReplay(planned: readonly PlannedRequest[]): ReplayEstimate {
  const known = planned.flatMap(({ completionTokens }) =>
    completionTokens === null ? [] : [completionTokens],
  );
  const usual = known.length > 0 ? Math.round(sum(known) / known.length) : ASSUMED_COMPLETION_TOKENS;
  const costs = planned.map(({ promptTokens, completionTokens, price }) =>
    price === null
      ? Number.NaN
      : (promptTokens * price.input_nanousd_per_mtok +
          (completionTokens ?? usual) * price.output_nanousd_per_mtok) /
        1e6,
  );
  const total = Math.round(sum(costs));
  return {
    requests: planned.length,
    promptTokens: sum(planned.map(({ promptTokens }) => promptTokens)),
    completionTokens: sum(planned.map(({ completionTokens }) => completionTokens ?? usual)),
    nanousd: Number.isNaN(total) ? null : total,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
