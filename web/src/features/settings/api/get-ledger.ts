import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Nano-dollars: above 0 given, below 0 spent, null while the model's price is unknown. */
export type LedgerEntry = {
  id: string;
  kind: "sign_up" | "grant" | "charge";
  amount_nanousd: number | null;
  model: string | null;
  api_key_id: string | null;
  note: string;
  created_at: string;
};

const pageSize = 50;

function ledgerOptions(organizationId: string) {
  return infiniteQueryOptions({
    queryKey: keys.ledger(organizationId),
    // Pages are read again from the first one on, in one go, so that entries that came meanwhile shift them alike.
    queryFn: async ({ pageParam }) =>
      unwrap(
        await supabase()
          .from("credit_ledger")
          .select("id, kind, amount_nanousd, model, api_key_id, note, created_at")
          .eq("organization_id", organizationId)
          .order("created_at", { ascending: false })
          .order("id", { ascending: false })
          .range(pageParam, pageParam + pageSize - 1),
      ) as LedgerEntry[],
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length === pageSize ? pages.length * pageSize : undefined),
  });
}

/** What was given and spent, the newest first, fifty at a time. */
export function useLedger() {
  return useInfiniteQuery(ledgerOptions(useOrganization().id));
}
