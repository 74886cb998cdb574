import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import type { DataPolicy } from "../../../lib/queries/get-my-organizations.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Each of these changes the organization's row; the next look at it is fresh. */
function useChange<Args, Answer>(change: (organizationId: string, args: Args) => Promise<Answer>) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: (args: Args) => change(id, args),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.organizations() }),
  });
}

export function useRenameOrganization() {
  return useChange(async (organization_id, name: string) =>
    unwrap(await supabase().rpc("update_organization", { organization_id, name })),
  );
}

export function useSetDataPolicy() {
  return useChange(async (organization_id, args: { policy: DataPolicy; log_retention_days: number }) =>
    unwrap(await supabase().rpc("set_data_policy", { organization_id, ...args })),
  );
}

/** `null` keeps audit entries for ever. */
export function useSetAuditRetention() {
  return useChange(async (organization_id, days: number | null) =>
    unwrap(await supabase().rpc("set_audit_retention", { organization_id, days })),
  );
}

export type PurgeReceipt = {
  data_policy: DataPolicy;
  rows_emptied: number;
  rows_deleted: number;
  feedback_changed: number;
  /** The entry of the audit log that says the same. */
  audit_sequence: number;
};

/** Removes what the policy in force would not have kept. */
export function usePurgeLogs() {
  return useChange(
    async (organization_id) =>
      unwrap(await supabase().rpc("purge_logs", { organization_id })) as unknown as PurgeReceipt,
  );
}

/** Answers how many entries went. */
export function usePruneAuditLog() {
  return useChange(
    async (organization_id) => unwrap(await supabase().rpc("prune_audit_log", { organization_id })) as number,
  );
}

export function useDeleteOrganization() {
  return useChange(async (organization_id) =>
    unwrap(await supabase().rpc("delete_organization", { organization_id })),
  );
}

export function useLeaveOrganization() {
  return useChange(async (organization_id) =>
    unwrap(await supabase().rpc("leave_organization", { organization_id })),
  );
}
