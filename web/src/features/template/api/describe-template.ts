import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

type Description = { template_id: string; description: string; tags: string[] };

/** What people read and filter by. The name stays: callers use it. */
export function useDescribeTemplate() {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async (description: Description) =>
      unwrap(await supabase().rpc("update_template", description)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.templates(id) }),
  });
}
