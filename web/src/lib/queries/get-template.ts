import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";
import { type Template, templateColumns } from "./get-templates.ts";

async function getTemplate(templateId: string): Promise<Template> {
  return unwrap(
    await supabase().from("prompt_templates").select(templateColumns).eq("id", templateId).single(),
  ) as Template;
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
