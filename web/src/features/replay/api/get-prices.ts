import type { ModelPrice } from "@core/replay/estimate-replay.ts";
import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

type PriceRow = ModelPrice & { model: string; organization_id: string | null; valid_from: string };

/** Prices in force today, the organization's own before the platform's, the newest first. */
export function useModelPrices() {
  const { id } = useOrganization();
  return useQuery({
    queryKey: [...keys.organization(id), "model-prices"],
    queryFn: async () => {
      const rows = unwrap(
        await supabase()
          .from("model_prices")
          .select("model, organization_id, valid_from, input_nanousd_per_mtok, output_nanousd_per_mtok")
          .lte("valid_from", new Date().toISOString().slice(0, 10))
          .order("valid_from", { ascending: false }),
      ) as PriceRow[];
      return rows.sort((a, b) => Number(a.organization_id === null) - Number(b.organization_id === null));
    },
  });
}

/** As `nemo_private.cost_of` finds it: the model by its name, or by its name without the date it ends in. */
export function priceOf(rows: readonly PriceRow[], model: string | undefined): ModelPrice | null {
  const undated = model?.replace(/-20\d\d-\d\d-\d\d$/, "");
  return rows.find((row) => row.model === model) ?? rows.find((row) => row.model === undated) ?? null;
}
