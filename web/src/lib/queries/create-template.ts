import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";
import type { Template } from "./get-templates.ts";

export function useCreateTemplate() {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async (template: { name: string; description: string }) =>
      unwrap(await supabase().rpc("create_template", { organization_id: id, ...template })) as Template,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.templates(id) }),
  });
}
