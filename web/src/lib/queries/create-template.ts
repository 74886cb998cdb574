import { useMutation } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { supabase } from "../supabase.ts";
import type { Template } from "./get-templates.ts";
import { useTemplateChanged } from "./template-changed.ts";

export function useCreateTemplate() {
  const changed = useTemplateChanged();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async (template: { name: string; description: string }) =>
      unwrap(await supabase().rpc("create_template", { organization_id: id, ...template })) as Template,
    onSuccess: (made) => changed(made.id),
  });
}
