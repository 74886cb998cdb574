import { queryOptions, useQuery } from "@tanstack/react-query";
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
  created_at: string;
};

export function ledgerOptions(organizationId: string) {
  return queryOptions({
    queryKey: [...keys.credits(organizationId), "ledger"],
    queryFn: async () =>
      unwrap(
        await supabase()
          .from("credit_ledger")
          .select("id, kind, amount_nanousd, model, created_at")
          .eq("organization_id", organizationId)
          .order("created_at", { ascending: false })
          .limit(100),
      ) as LedgerEntry[],
  });
}

export function useLedger() {
  return useQuery(ledgerOptions(useOrganization().id));
}
