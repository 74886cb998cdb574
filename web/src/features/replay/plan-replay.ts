import { type PreparedPrompt, preparePrompt } from "@core/prompt/prepare-prompt.ts";
import { PromptVariablesError } from "@core/prompt/prompt-variables-error.ts";
import { renderPromptOnDemand } from "@core/prompt/render-prompt-on-demand.ts";
import type { Includes, PromptSource, PromptVariables } from "@core/prompt/types.ts";
import { PLATFORM } from "@core/providers/choose-targets.ts";
import { estimateReplay, type PlannedRequest, type ReplayEstimate } from "@core/replay/estimate-replay.ts";
import type { ReplayCase } from "@core/replay/run-replay.ts";
import { TemplateError } from "@core/template/template-error.ts";
import { loadTokenCounter } from "@core/tokens/count-tokens.ts";
import type { Priced } from "../../lib/queries/get-model-prices.ts";
import type { Version } from "../../lib/queries/get-versions.ts";

export type PlanInput = {
  cases: readonly ReplayCase[];
  versions: readonly Version[];
  /** Tokens of the answers that were logged, by the case's id. */
  completionTokens: ReadonlyMap<string, number | null>;
  /** Who answers a version with this config, and at what price. */
  pricedOf: (config: Version["config"]) => Priced;
  includesOf: (version: Version) => Promise<Includes | null>;
  /** How long the template's answers usually are; left out when it has none. */
  usualCompletionTokens: number | undefined;
};

/**
 * What a replay will cost: every prompt rendered and counted as it would be sent. A case that cannot be rendered
 * is refused by the gateway before any provider sees it, and costs nothing.
 */
export async function planReplay({
  cases,
  versions,
  completionTokens,
  pricedOf,
  includesOf,
  usualCompletionTokens,
}: PlanInput): Promise<ReplayEstimate> {
  const planned: PlannedRequest[] = [];
  for (const version of versions) {
    const model = typeof version.config.model === "string" ? version.config.model : undefined;
    const tokens = await loadTokenCounter(model);
    const { served, price = null } = pricedOf(version.config);
    const prompt = preparePrompt(version as unknown as PromptSource, await includesOf(version));
    for (const one of cases) {
      const rendered = await renderedOrRefused(prompt, one.variables);
      if (!rendered) continue;
      const said = one.messages.map(({ role, content }) => ({
        role: role as "user",
        content: textOf(content),
      }));
      planned.push({
        promptTokens: tokens.countMessages([...rendered, ...said]),
        completionTokens: completionTokens.get(one.id) ?? null,
        price,
        fromCredit: served?.provider === PLATFORM,
      });
    }
  }
  return estimateReplay(planned, usualCompletionTokens);
}

function textOf(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content ?? "");
}

/** The messages; null for what the gateway would refuse to send. */
async function renderedOrRefused(prompt: PreparedPrompt, variables: PromptVariables | undefined) {
  try {
    return (await renderPromptOnDemand(prompt, variables)).messages;
  } catch (error) {
    if (error instanceof PromptVariablesError || error instanceof TemplateError) return null;
    throw error;
  }
}
