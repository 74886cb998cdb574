import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

export type Template = {
  id: string;
  organization_id: string;
  name: string;
  description: string;
  tags: string[];
  active_version: number | null;
  active_since: string | null;
  latest_version: number;
  created_at: string;
  updated_at: string;
};

export const templateColumns =
  "id, organization_id, name, description, tags, active_version, active_since, latest_version, created_at, updated_at";

// PostgREST answers at most this many rows at once; a library of thousands is read in pages.
const pageSize = 1000;

async function getTemplates(organizationId: string): Promise<Template[]> {
  const all: Template[] = [];
  for (;;) {
    const page = unwrap(
      await supabase()
        .from("prompt_templates")
        .select(templateColumns)
        .eq("organization_id", organizationId)
        .order("updated_at", { ascending: false })
        .order("id")
        .range(all.length, all.length + pageSize - 1),
    ) as Template[];
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}

export function templatesOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.templates(organizationId),
    queryFn: () => getTemplates(organizationId),
  });
}

/** Every template of the organization that is not deleted, the latest change first. */
export function useTemplates() {
  return useQuery(templatesOptions(useOrganization().id));
}
