import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import { type Progress, progressOf } from "../progress.ts";

function anyKeyOptions(organizationId: string) {
  return queryOptions({
    queryKey: [...keys.apiKeys(organizationId), "any"],
    queryFn: async () => {
      const usable = unwrap(
        await supabase()
          .from("api_keys")
          .select("id")
          .eq("organization_id", organizationId)
          .eq("purpose", "program")
          .is("revoked_at", null)
          .limit(1),
      );
      return usable.length > 0;
    },
  });
}

function anyRequestOptions(organizationId: string) {
  return queryOptions({
    queryKey: [...keys.logRows(organizationId), "any"],
    queryFn: async () => {
      const newest = unwrap(
        await supabase().rpc("prompt_log_entries", { organization_id: organizationId, max: 1 }),
      ) as unknown[];
      return newest.length > 0;
    },
  });
}

/** How far the organization is on its way to the first answered request; undefined until all of it is known. */
export function useProgress(): Progress | undefined {
  const { id } = useOrganization();
  const { data: templates } = useTemplates();
  const { data: hasKey } = useQuery(anyKeyOptions(id));
  const { data: hasRequest } = useQuery(anyRequestOptions(id));
  if (templates === undefined || hasKey === undefined || hasRequest === undefined) return undefined;
  return progressOf({ templates, hasKey, hasRequest });
}
