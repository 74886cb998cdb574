import type { Template } from "../../lib/queries/get-templates.ts";

export type LibraryFilter = "all" | "active" | "draft";
export type LibraryOrder = "changed" | "name" | "versions";

type Arrangement = { search: string; filter: LibraryFilter; order: LibraryOrder };

/** Every word of the search is somewhere in the name, tags or description. */
function matches(template: Template, words: string[]): boolean {
  const text = `${template.name} ${template.tags.join(" ")} ${template.description}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

const compare: Record<LibraryOrder, (a: Template, b: Template) => number> = {
  changed: (a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at),
  name: (a, b) => a.name.localeCompare(b.name),
  versions: (a, b) => b.latest_version - a.latest_version || a.name.localeCompare(b.name),
};

export function arrange(templates: Template[], { search, filter, order }: Arrangement): Template[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return templates
    .filter((template) => filter === "all" || (template.active_version !== null) === (filter === "active"))
    .filter((template) => matches(template, words))
    .sort(compare[order]);
}
