import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { priceOf, type Served, servedBy } from "../served-by.ts";
import { supabase } from "../supabase.ts";
import { useProviders } from "./get-providers.ts";

/** Nano-dollars per million tokens, from `valid_from` on; without an organization it is the platform's. */
export type ModelPrice = {
  organization_id: string | null;
  model: string;
  input_nanousd_per_mtok: number;
  cached_input_nanousd_per_mtok: number;
  output_nanousd_per_mtok: number;
  valid_from: string;
  source: string;
};

export type Priced = { served: Served | null; price: ModelPrice | undefined };

const columns =
  "organization_id, model, input_nanousd_per_mtok, cached_input_nanousd_per_mtok, output_nanousd_per_mtok, valid_from, source";

function modelPricesOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.modelPrices(organizationId),
    staleTime: 10 * 60_000,
    queryFn: async () => {
      const today = new Date().toISOString().slice(0, 10);
      const prices = supabase().from("model_prices").select(columns).lte("valid_from", today);
      return unwrap(await prices.order("valid_from", { ascending: false })) as ModelPrice[];
    },
  });
}

/** Every price in force today. */
export function useModelPrices() {
  return useQuery(modelPricesOptions(useOrganization().id));
}

/** Who answers a version with this config, and at what price as far as it is known; null while that is being read. */
export function usePriced(): ((config: Readonly<Record<string, unknown>>) => Priced) | null {
  const { data: prices } = useModelPrices();
  const { data: connections } = useProviders();
  if (!prices || !connections) return null;
  return (config) => {
    const served = servedBy(config, connections);
    return { served, price: served ? priceOf(prices, served) : undefined };
  };
}
