import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { templateListColumns, templatesOnFirstScreen } from "../first-columns.ts";
import { isLive } from "../live.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";
import { idle } from "../when-idle.ts";

export type Template = {
  id: string;
  organization_id: string;
  name: string;
  description: string;
  tags: string[];
  active_version: number | null;
  latest_version: number;
  updated_at: string;
};

// PostgREST answers at most this many rows at once; a library of thousands is read in pages.
const pageSize = 1000;

type Page = { templates: Template[]; total: number | null };

/** Rows as the library shows them: not those that are deleted. */
function select(organizationId: string, count?: "exact") {
  return supabase()
    .from("prompt_templates")
    .select(templateListColumns, { count })
    .eq("organization_id", organizationId);
}

function templatesOf(organizationId: string, answer: { data: unknown; error: unknown }): Template[] {
  const rows = unwrap(answer) as Omit<Template, "organization_id">[];
  return rows.map((row) => ({ organization_id: organizationId, ...row }));
}

async function page(organizationId: string, from: number, size: number, count?: "exact"): Promise<Page> {
  const answer = await select(organizationId, count)
    .order("updated_at", { ascending: false })
    .order("id")
    .range(from, from + size - 1);
  return { templates: templatesOf(organizationId, answer), total: answer.count };
}

/** Some of them, as the list has them, in no order. */
export async function getTemplateRows(organizationId: string, ids: readonly string[]): Promise<Template[]> {
  return templatesOf(organizationId, await select(organizationId).in("id", ids));
}

const partial = new WeakSet<readonly Template[]>();

/** Only the first screen is here yet; the others are on their way. */
export function isPartial(templates: readonly Template[]): boolean {
  return partial.has(templates);
}

/** Shows the first screen as soon as it is there. The others are asked for when it is drawn, and come together. */
async function getTemplates(
  organizationId: string,
  showFirst: (first: Template[]) => void,
): Promise<Template[]> {
  const { templates: first } = await page(organizationId, 0, templatesOnFirstScreen);
  if (first.length < templatesOnFirstScreen) return first;
  partial.add(first);
  showFirst(first);
  await idle();
  const second = await page(organizationId, first.length, pageSize, "exact");
  const known = first.length + second.templates.length;
  const more = Math.ceil(((second.total ?? 0) - known) / pageSize);
  const pages = await Promise.all(
    Array.from({ length: Math.max(0, more) }, (_, index) =>
      page(organizationId, known + index * pageSize, pageSize),
    ),
  );
  const all = [first, second.templates, ...pages.map(({ templates }) => templates)].flat();
  // A template that changed meanwhile may stand in two pages.
  return [...new Map(all.map((template) => [template.id, template])).values()];
}

export function templatesOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.templateList(organizationId),
    // While changes arrive by themselves the list is kept true row by row.
    staleTime: () => (isLive() ? Number.POSITIVE_INFINITY : 30_000),
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
