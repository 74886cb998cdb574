import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export function useRevokeApiKey() {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async (apiKeyId: string) =>
      unwrap(await supabase().rpc("revoke_api_key", { api_key_id: apiKeyId })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.apiKeys(id) }),
  });
}
