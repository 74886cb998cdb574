import { useMutation } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useTemplateChanged } from "../../../lib/queries/template-changed.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Hides it from the dashboard, the API and the gateway; nothing is lost. */
export function useDeleteTemplate() {
  const changed = useTemplateChanged();
  return useMutation({
    mutationFn: async (templateId: string) =>
      unwrap(await supabase().rpc("delete_template", { template_id: templateId })),
    onSuccess: (_, templateId) => changed(templateId),
  });
}
