import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Null limits nothing. Money is a whole number of nano-dollars. */
export type KeyLimits = {
  scopes: string[] | null;
  requests_per_minute: number | null;
  max_concurrency: number | null;
  monthly_budget_nanousd: number | null;
  expires_at: string | null;
};

export type NewApiKey = KeyLimits & { name: string; default_template_id: string | null };

/** `key` is in this one answer and nowhere else. */
export function useCreateApiKey() {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async (key: NewApiKey) =>
      unwrap(
        await supabase()
          .rpc("create_api_key", { organization_id: id, ...key })
          .single(),
      ) as {
        id: string;
        key: string;
      },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.apiKeys(id) }),
  });
}
