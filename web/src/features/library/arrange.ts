import type { Template } from "../../lib/queries/get-templates.ts";

export type LibraryFilter = "all" | "active" | "testing" | "draft";
export type LibraryOrder = "changed" | "name" | "versions";

export type Arrangement = {
  search: string;
  filter: LibraryFilter;
  /** Only templates with this tag. */
  tag: string | null;
  /** Templates under test. */
  testing: ReadonlyMap<string, unknown>;
};

/** A template with what is looked for and sorted by worked out once, and not at every key that is pressed. */
export type Shelved = { template: Template; text: string; key: string; changed: number };

export function shelve(templates: readonly Template[]): Shelved[] {
  return templates.map((template) => ({
    template,
    text: `${template.name} ${template.tags.join(" ")} ${template.description}`.toLowerCase(),
    key: sortable(template.name),
    changed: Date.parse(template.updated_at),
  }));
}

const { compare: byLetters } = new Intl.Collator("en", { numeric: true });

/**
 * A name such that comparing texts puts "agent-9" before "agent-10". Names are lower-case ASCII, and thousands of
 * them take five times as long to sort by the rules of a language.
 */
const sortable = (name: string) => name.replace(/\d+/g, (digits) => digits.padStart(20, "0"));

const byName = (a: Shelved, b: Shelved) => (a.key < b.key ? -1 : Number(a.key > b.key));

const compare: Record<LibraryOrder, (a: Shelved, b: Shelved) => number> = {
  changed: (a, b) => b.changed - a.changed,
  name: byName,
  versions: (a, b) => b.template.latest_version - a.template.latest_version || byName(a, b),
};

function shows({ id, active_version, tags }: Template, { filter, tag, testing }: Arrangement): boolean {
  if (tag !== null && !tags.includes(tag)) return false;
  if (filter === "testing") return testing.has(id);
  return filter === "all" || (active_version !== null) === (filter === "active");
}

/** Sorting thousands by name is the slow part, so it is apart from what each key of a search does. */
export function sortShelf(shelf: readonly Shelved[], order: LibraryOrder): Shelved[] {
  return shelf.toSorted(compare[order]);
}

/** Those to show, in the order they stand in: every word of the search is in the name, tags or description. */
export function pick(shelf: readonly Shelved[], arrangement: Arrangement): Template[] {
  const words = arrangement.search.toLowerCase().split(/\s+/).filter(Boolean);
  return shelf
    .filter(({ template }) => shows(template, arrangement))
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .map(({ template }) => template);
}

/** Every tag in use, with how many templates have it, the most used first. */
export function tagsOf(templates: readonly Template[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const tag of templates.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || byLetters(a.tag, b.tag));
}
