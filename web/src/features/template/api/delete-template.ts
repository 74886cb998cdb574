import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Hides it from the dashboard, the API and the gateway; nothing is lost. */
export function useDeleteTemplate() {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async (templateId: string) =>
      unwrap(await supabase().rpc("delete_template", { template_id: templateId })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.templates(id) }),
  });
}
