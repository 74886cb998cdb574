import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

/** What the requests of the last 90 days can be filtered by; versions only of one template. */
export type UsageChoices = { models: string[]; variants: string[]; versions: number[] };

const none: UsageChoices = { models: [], variants: [], versions: [] };

export function useUsageChoices(templateId: string | null): UsageChoices {
  const { id: org } = useOrganization();
  const { data } = useQuery({
    queryKey: [...keys.usageChoices(org), templateId],
    queryFn: async () => {
      const row = unwrap(
        await supabase()
          .rpc("usage_choices", { organization_id: org, template_id: templateId })
          .single<{ [Name in keyof UsageChoices]: UsageChoices[Name] | null }>(),
      );
      return { models: row.models ?? [], variants: row.variants ?? [], versions: row.versions ?? [] };
    },
    // A new model is a rare thing; every request that is logged would ask again otherwise.
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  return data ?? none;
}
