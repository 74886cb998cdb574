import { chooseProvider } from "../_shared/core/recommend/choose-provider.ts";
import { loadTokenCounter } from "../_shared/core/tokens/count-tokens.ts";
import type { Caller } from "../_shared/server/functions/caller.ts";
import type { Measures } from "./predict.ts";
import type { Store, StoredVersion } from "./store.ts";

/** What a version's own requests are counted by and cost: the model and provider the gateway sends them to. */
export async function measuresOf(version: StoredVersion, store: Store, caller?: Caller): Promise<Measures> {
  const connections = await store.readConnections(version.organization_id, caller);
  // The operator's word about a model is for rewrites alone.
  const served = chooseProvider(version.config, connections, null);
  return {
    counter: await loadTokenCounter(served?.model),
    price: served && (await store.readPrice(served.model, served.connection && version.organization_id)),
  };
}
