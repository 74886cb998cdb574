import { type ConnectionRule, chooseTargets, PLATFORM } from "@core/providers/choose-targets.ts";
import type { ModelPrice } from "./queries/get-model-prices.ts";

/** Whom the gateway asks first for a version's requests, and for which model. */
export type Served = { provider: string; model: string };

/** Null without a model, and for a provider that is not connected: such requests are refused. */
export function servedBy(
  config: Readonly<Record<string, unknown>>,
  connections: readonly (ConnectionRule & { enabled: boolean })[],
): Served | null {
  const model = typeof config.model === "string" ? config.model : null;
  if (model === null) return null;
  const enabled = connections.filter((one) => one.enabled);
  const [target] = chooseTargets({ clientModel: null, model, config: { ...config, fallbacks: [] } }, enabled);
  return target ? { provider: target.provider, model: target.model ?? model } : null;
}

/**
 * What a model costs there: the organization's own price first over its own provider, the platform's alone otherwise;
 * under its name, or under the name without a date. The rule is the database's (`nemo_private.price_of`).
 */
export function priceOf(prices: readonly ModelPrice[], { provider, model }: Served): ModelPrice | undefined {
  const undated = model.replace(/-20\d\d-\d\d-\d\d$/, "");
  const among = (own: boolean) => {
    const some = prices.filter(({ organization_id }) => (organization_id !== null) === own);
    return some.find((one) => one.model === model) ?? some.find((one) => one.model === undated);
  };
  return (provider === PLATFORM ? undefined : among(true)) ?? among(false);
}
