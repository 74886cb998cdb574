import { queryOptions, useQuery } from "@tanstack/react-query";
import { AppError, unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";
import { type Template, templateColumns } from "./get-templates.ts";

async function getTemplate(templateId: string): Promise<Template> {
  const found = unwrap(
    await supabase().from("prompt_templates").select(templateColumns).eq("id", templateId).maybeSingle(),
  ) as Template | null;
  if (found) return found;
  throw new AppError("NM003", "There is no such template here, or it was deleted.", {
    remedy: "Check the address. What was deleted can be restored from the library by an admin.",
  });
}

export function templateOptions(organizationId: string, templateId: string) {
  return queryOptions({
    queryKey: keys.template(organizationId, templateId),
    queryFn: () => getTemplate(templateId),
  });
}

export function useTemplate(templateId: string) {
  return useQuery(templateOptions(useOrganization().id, templateId));
}
