import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

type Row = { api_key_id: string; spent_nanousd: number };

/** Under the credits, so that it is read again whenever something was charged. */
function keySpendingOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.keySpending(organizationId),
    queryFn: async () => {
      const rows = unwrap(
        await supabase().rpc("api_key_spending", { organization_id: organizationId }),
      ) as Row[];
      return new Map(rows.map(({ api_key_id, spent_nanousd }) => [api_key_id, spent_nanousd]));
    },
  });
}

/** Nano-dollars of this calendar month (UTC) by key; a key that cost nothing is not in it. */
export function useKeySpending() {
  return useQuery(keySpendingOptions(useOrganization().id));
}
