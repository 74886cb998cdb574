import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import type { Message } from "../../../lib/queries/get-versions.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Always an estimate: counted tokens, and a range of quality with how it was judged. */
export type PredictedEffect = {
  tokens?: {
    before: number;
    after: number;
    percent: number;
    exact: boolean;
    savedNanousdPer1000: number | null;
  };
  quality?: { method?: string; low: number; high: number; judgements?: number }[];
};

export type Recommendation = {
  id: string;
  template_id: string;
  source_version: number;
  layer: "analyser" | "model";
  kind: string;
  state: "open" | "accepted" | "edited" | "dismissed" | "superseded";
  severity: "info" | "warning" | "error";
  title: string;
  reason: string;
  predicted_effect: PredictedEffect;
  proposed_messages: Message[] | null;
  proposed_config: Record<string, unknown> | null;
  proposed_contract: Record<string, unknown> | null;
  created_at: string;
  resulting_version: number | null;
};

const columns =
  "id, template_id, source_version, layer, kind, state, severity, title, reason, predicted_effect, proposed_messages, proposed_config, proposed_contract, created_at, resulting_version";

export function recommendationsOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.recommendations(organizationId),
    queryFn: async () =>
      unwrap(
        await supabase()
          .from("prompt_recommendations")
          .select(columns)
          .eq("organization_id", organizationId)
          .order("created_at", { ascending: false })
          .limit(500),
      ) as unknown as Recommendation[],
  });
}

export function useRecommendations() {
  return useQuery(recommendationsOptions(useOrganization().id));
}
