import type { IncludingSource, PromptMessage } from "../_shared/core/prompt/types.ts";
import { compareByRubric, type QualityEstimate } from "../_shared/core/recommend/rubric.ts";
import { countReduction, type TokenReduction } from "../_shared/core/recommend/token-reduction.ts";
import type { TokenCounter } from "../_shared/core/tokens/count-tokens.ts";
import { exampleVariables, tryRender } from "./examples.ts";
import type { ModelPrice, StoredVersion } from "./store.ts";

/** As stored in `prompt_recommendations.predicted_effect`. */
export interface PredictedEffect {
  readonly label: "estimate";
  readonly tokens: TokenReduction & {
    readonly counted_on: "rendered examples" | "rendered samples" | "source";
  };
  /** By the rubric always; by a judge as well when a model could be asked. */
  readonly quality: readonly QualityEstimate[];
}

export interface Measures {
  readonly counter: TokenCounter;
  readonly price: ModelPrice | null;
}

/** Counts and scores a rewrite against its version. Both prompts are rendered with the same example variables. */
export function predictEffect(
  version: StoredVersion,
  messages: readonly PromptMessage[],
  { counter, price }: Measures,
): PredictedEffect {
  const before: IncludingSource = version;
  const after: IncludingSource = { messages, contract: version.contract, includes: version.includes };
  const { variables, complete } = exampleVariables(before);
  const [old, now] = [tryRender(before, variables), tryRender(after, variables)];
  const rendered = old !== null && now !== null;
  const perMillion = price?.input_nanousd_per_mtok ?? null;
  const tokens = countReduction(
    rendered ? old : before.messages,
    rendered ? now : messages,
    counter,
    perMillion,
  );
  const counted_on = !rendered ? "source" : complete ? "rendered examples" : "rendered samples";
  return {
    label: "estimate",
    tokens: { ...tokens, counted_on },
    quality: [compareByRubric(before, after, version.config)],
  };
}
