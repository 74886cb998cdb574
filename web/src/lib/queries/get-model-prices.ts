import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

/** Nano-dollars per million tokens, from `valid_from` on; without an organization it is the platform's. */
export type ModelPrice = {
  organization_id: string | null;
  model: string;
  input_nanousd_per_mtok: number;
  cached_input_nanousd_per_mtok: number;
  output_nanousd_per_mtok: number;
  valid_from: string;
};

const columns =
  "organization_id, model, input_nanousd_per_mtok, cached_input_nanousd_per_mtok, output_nanousd_per_mtok, valid_from";

export function modelPricesOptions(organizationId: string) {
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

/** The platform's price of a model, under its name or under the name without a date; the rule is the database's. */
export function priceOf(prices: readonly ModelPrice[], model: string): ModelPrice | undefined {
  const platform = prices.filter(({ organization_id }) => organization_id === null);
  const undated = model.replace(/-20\d\d-\d\d-\d\d$/, "");
  return platform.find((one) => one.model === model) ?? platform.find((one) => one.model === undated);
}
