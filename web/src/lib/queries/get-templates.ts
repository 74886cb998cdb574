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
// More than any screen shows at once, and few enough to be there, read and drawn at once.
const firstScreen = 100;

function page(organizationId: string, from: number, size: number, count?: "exact") {
  return supabase()
    .from("prompt_templates")
    .select(templateColumns, { count })
    .eq("organization_id", organizationId)
    .order("updated_at", { ascending: false })
    .order("id")
    .range(from, from + size - 1);
}

/** Shows the first screen as soon as it is there; the others are asked for at the same time, and come together. */
async function getTemplates(
  organizationId: string,
  showFirst: (first: Template[]) => void,
): Promise<Template[]> {
  const first = await page(organizationId, 0, firstScreen, "exact");
  const templates = unwrap(first) as Template[];
  const rest = Math.ceil(((first.count ?? 0) - firstScreen) / pageSize);
  if (rest <= 0) return templates;
  showFirst(templates);
  const starts = Array.from({ length: rest }, (_, index) => firstScreen + index * pageSize);
  const pages = await Promise.all(
    starts.map(async (from) => unwrap(await page(organizationId, from, pageSize)) as Template[]),
  );
  // A template that changed meanwhile may stand in two pages.
  return [...new Map([templates, ...pages].flat().map((template) => [template.id, template])).values()];
}

export function templatesOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.templates(organizationId),
    queryFn: ({ client, queryKey }) =>
      getTemplates(organizationId, (first) =>
        client.setQueryData<Template[]>(queryKey, (known) => known ?? first),
      ),
  });
}

/** Every template of the organization that is not deleted, the latest change first. */
export function useTemplates() {
  return useQuery(templatesOptions(useOrganization().id));
}
