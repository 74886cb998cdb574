import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { useTemplateChanged } from "../../../lib/queries/template-changed.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type DeletedTemplate = Template & { deleted_at: string };

function deletedTemplatesOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.deletedTemplates(organizationId),
    queryFn: async () =>
      unwrap(
        await supabase().rpc("deleted_templates", { organization_id: organizationId }),
      ) as DeletedTemplate[],
  });
}

/** For admins: what can be brought back, the latest first. */
export function useDeletedTemplates() {
  return useQuery(deletedTemplatesOptions(useOrganization().id));
}

/** As it was, its active version served again. */
export function useRestoreTemplate() {
  const changed = useTemplateChanged();
  return useMutation({
    mutationFn: async (templateId: string) =>
      unwrap(await supabase().rpc("restore_template", { template_id: templateId })),
    onSuccess: (_, templateId) => changed(templateId),
  });
}
