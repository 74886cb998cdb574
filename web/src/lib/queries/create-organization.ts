import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

/** The caller becomes its owner, and it starts with $5.00. */
export function useCreateOrganization() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (name: string) =>
      unwrap(await supabase().rpc("create_organization", { name })) as { id: string; name: string },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.organizations() }),
  });
}
