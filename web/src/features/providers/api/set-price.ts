import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import type { ModelPrice } from "../../../lib/queries/get-model-prices.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Nano-dollars per million tokens; `from` null is today. */
export type PriceDraft = {
  model: string;
  input: number;
  cached: number;
  output: number;
  from: string | null;
  source: string;
};

/** Sets the organization's own price of a model; a second one for the same day replaces the first. */
export function useSetPrice() {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async ({ model, input, cached, output, from, source }: PriceDraft) =>
      unwrap(
        await supabase().rpc("set_model_price", {
          organization_id: id,
          model: model.trim(),
          input_nanousd_per_mtok: input,
          cached_input_nanousd_per_mtok: cached,
          output_nanousd_per_mtok: output,
          source,
          ...(from && { valid_from: from }),
        }),
      ) as ModelPrice,
    // What was charged stays as it was; estimates are calculated from the prices each time they are shown.
    onSuccess: () =>
      Promise.all(
        [keys.modelPrices(id), keys.costEstimates(id), keys.replayPlans(id)].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
