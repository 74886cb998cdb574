import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { PredictedEffect, RealisedEffect } from "./get-recommendations.ts";

/** An accepted recommendation, with what was predicted and, after its A/B test, what was measured. */
export type Outcome = {
  recommendation_id: string;
  template_id: string;
  source_version: number;
  resulting_version: number;
  layer: "analyser" | "model";
  kind: string;
  title: string;
  test_id: string | null;
  predicted_effect: PredictedEffect;
  realised_effect: RealisedEffect | null;
  decided_at: string;
};

const columns =
  "recommendation_id, template_id, source_version, resulting_version, layer, kind, title, test_id, predicted_effect, realised_effect, decided_at";

export function useOutcomes(templateId?: string) {
  const { id: org } = useOrganization();
  return useQuery({
    queryKey: [...keys.recommendationRows(org), "outcomes", templateId ?? null],
    queryFn: async () => {
      let query = supabase().from("recommendation_lift").select(columns).eq("organization_id", org);
      if (templateId) query = query.eq("template_id", templateId);
      return unwrap(await query.order("decided_at", { ascending: false }).limit(200)) as unknown as Outcome[];
    },
  });
}
