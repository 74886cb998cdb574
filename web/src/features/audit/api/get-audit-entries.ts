import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type AuditEntry = {
  sequence: number;
  occurred_at: string;
  action: string;
  actor_kind: "user" | "api_key" | "system";
  actor_id: string | null;
  actor_name: string | null;
  ip: string | null;
  user_agent: string | null;
  target_kind: string;
  target_id: string;
  template_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  hash: string;
};

export type AuditFilter = {
  templateId: string | null;
  actor: string | null;
  action: string | null;
  since: string | null;
};

const pageSize = 50;

/** As the database's function names them; also what the export is asked with. */
export function auditArguments(organizationId: string, { templateId, actor, action, since }: AuditFilter) {
  return { organization_id: organizationId, template_id: templateId, actor, action, since };
}

function auditEntriesOptions(organizationId: string, filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: [...keys.auditEntries(organizationId), filter],
    queryFn: async ({ pageParam }) =>
      unwrap(
        await supabase().rpc("audit_entries", {
          ...auditArguments(organizationId, filter),
          before: pageParam,
          max: pageSize,
        }),
      ) as AuditEntry[],
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.length === pageSize ? last.at(-1)!.sequence : undefined),
  });
}

export function useAuditEntries(filter: AuditFilter) {
  return useInfiniteQuery(auditEntriesOptions(useOrganization().id, filter));
}

export type ChainCheck = { ok: boolean; checked: number; first_bad: number | null };

/** Recomputes every hash of the chain in the database. */
export function useAuditChain() {
  const { id } = useOrganization();
  return useQuery(
    queryOptions({
      queryKey: keys.auditChain(id),
      queryFn: async () =>
        unwrap(await supabase().rpc("verify_audit_chain", { organization_id: id }).single()) as ChainCheck,
    }),
  );
}
