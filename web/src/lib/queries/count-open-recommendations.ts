import { useQuery } from "@tanstack/react-query";
import { toAppError } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

/** How many recommendations for a template wait for a decision; undefined while unknown. */
export function useOpenRecommendations(templateId: string): number | undefined {
  const { id: org } = useOrganization();
  const { data } = useQuery({
    queryKey: [...keys.recommendationRows(org), "count", templateId],
    queryFn: async () => {
      const { count, error } = await supabase()
        .from("prompt_recommendations")
        .select("id", { count: "exact", head: true })
        .eq("template_id", templateId)
        .eq("state", "open");
      if (error) throw toAppError(error);
      return count ?? 0;
    },
  });
  return data;
}
