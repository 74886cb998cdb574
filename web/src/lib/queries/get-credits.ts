import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

function creditsOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.balance(organizationId),
    queryFn: async () => {
      const balance = await supabase().rpc("credit_balance", { organization_id: organizationId });
      return Number(unwrap(balance as { data: number | null; error: unknown }) ?? 0);
    },
  });
}

/** What is left, in nano-dollars. */
export function useCredits() {
  return useQuery(creditsOptions(useOrganization().id));
}
