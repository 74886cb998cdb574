import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

export type Provider = {
  id: string;
  name: string;
  base_url: string;
  models: string[];
  fallbacks: string[];
  /** Null without a key; empty when the key is too short to show any of it. */
  key_hint: string | null;
  enabled: boolean;
  updated_at: string;
};

function providersOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.providers(organizationId),
    queryFn: async () =>
      unwrap(
        await supabase()
          .from("provider_connections")
          .select("id, name, base_url, models, fallbacks, key_hint, enabled, updated_at")
          .eq("organization_id", organizationId)
          .order("name"),
      ) as Provider[],
  });
}

/** Without their keys, which nobody can read. */
export function useProviders() {
  return useQuery(providersOptions(useOrganization().id));
}
