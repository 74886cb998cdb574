import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** An entry kept as evidence, whatever its age. */
export type AuditPin = { sequence: number; reason: string; pinned_at: string };

function auditPinsOptions(organizationId: string) {
  return queryOptions({
    queryKey: [...keys.auditEntries(organizationId), "pins"],
    queryFn: async () =>
      unwrap(
        await supabase()
          .from("audit_pins")
          .select("sequence, reason, pinned_at")
          .eq("organization_id", organizationId),
      ) as AuditPin[],
  });
}

export function useAuditPin(sequence: number): AuditPin | undefined {
  const { data = [] } = useQuery(auditPinsOptions(useOrganization().id));
  return data.find((pin) => pin.sequence === sequence);
}

export function usePinAuditEntry() {
  return usePinChange(async (organization_id, { sequence, reason }: { sequence: number; reason: string }) =>
    unwrap(await supabase().rpc("pin_audit_entry", { organization_id, sequence, reason })),
  );
}

export function useUnpinAuditEntry() {
  return usePinChange(async (organization_id, sequence: number) => {
    const { error } = await supabase().rpc("unpin_audit_entry", { organization_id, sequence });
    if (error) unwrap({ data: null, error });
  });
}

function usePinChange<Args>(change: (organizationId: string, args: Args) => Promise<unknown>) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: (args: Args) => change(id, args),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.audit(id) }),
  });
}
