import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

export type ApiKey = {
  id: string;
  name: string;
  prefix: string;
  default_template_id: string | null;
  /** Ids of the templates it opens; null opens all. */
  scopes: string[] | null;
  requests_per_minute: number | null;
  max_concurrency: number | null;
  monthly_budget_nanousd: number | null;
  expires_at: string | null;
  last_used_at: string | null;
  created_at: string;
  revoked_at: string | null;
};

const columns =
  "id, name, prefix, default_template_id, scopes, requests_per_minute, max_concurrency, monthly_budget_nanousd, expires_at, last_used_at, created_at, revoked_at";

function apiKeysOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.apiKeys(organizationId),
    queryFn: async () =>
      unwrap(
        await supabase()
          .from("api_keys")
          .select(columns)
          .eq("organization_id", organizationId)
          .order("created_at", { ascending: false }),
      ) as ApiKey[],
  });
}

/** Without their secrets, which nobody can read again. */
export function useApiKeys() {
  return useQuery(apiKeysOptions(useOrganization().id));
}
