import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { AppError, unwrap } from "../errors.ts";
import { templateListColumns } from "../first-columns.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";
import type { Template } from "./get-templates.ts";

async function getTemplate(templateId: string): Promise<Template> {
  const found = unwrap(
    await supabase()
      .from("prompt_templates")
      .select(`organization_id, ${templateListColumns}`)
      .eq("id", templateId)
      .maybeSingle(),
  ) as Template | null;
  if (found) return found;
  throw new AppError("NM003", "There is no such template here, or it was deleted.", {
    remedy: "Check the address. What was deleted can be restored from the library by an admin.",
  });
}

function templateOptions(organizationId: string, templateId: string) {
  return queryOptions({
    queryKey: keys.template(organizationId, templateId),
    queryFn: () => getTemplate(templateId),
  });
}

export function useTemplate(templateId: string) {
  const { id: organizationId } = useOrganization();
  const queryClient = useQueryClient();
  return useQuery({
    ...templateOptions(organizationId, templateId),
    // What the library knows of it is shown until the answer is here.
    placeholderData: () =>
      queryClient
        .getQueryData<Template[]>(keys.templateList(organizationId))
        ?.find(({ id }) => id === templateId),
  });
}
