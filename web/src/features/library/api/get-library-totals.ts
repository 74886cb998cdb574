import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Activation times are milliseconds over the last 30 days, null before the first activation. */
export type LibraryTotals = {
  templates: number;
  versions: number;
  activations: number;
  activation_p50_ms: number | null;
  activation_p95_ms: number | null;
  denials_24h: number;
};

function libraryTotalsOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.libraryTotals(organizationId),
    queryFn: async () =>
      unwrap(
        await supabase().rpc("library_totals", { organization_id: organizationId }).single(),
      ) as LibraryTotals,
  });
}

export function useLibraryTotals() {
  return useQuery(libraryTotalsOptions(useOrganization().id));
}
