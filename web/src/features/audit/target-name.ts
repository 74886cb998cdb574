import type { AuditEntry } from "./api/get-audit-entries.ts";

/** What people call the things that entries are about, by id. */
export type KnownNames = {
  templates: Map<string, string>;
  people: Map<string, string>;
  organization: string;
};

/**
 * What an entry is about, in words people know: the template and version, the person, or the name the thing had
 * when it was written. History outlives what it is about, so the id remains when nothing else is known.
 */
export function targetName(entry: AuditEntry, { templates, people, organization }: KnownNames): string {
  const template = entry.template_id === null ? undefined : templates.get(entry.template_id);
  const part = /@(.+)$/.exec(entry.target_id)?.[1];
  if (template !== undefined && ["template", "version", "label"].includes(entry.target_kind))
    return part === undefined ? template : `${template} ${part}`;
  if (entry.target_kind === "member") return people.get(entry.target_id) ?? entry.target_id;
  if (entry.target_kind === "audit_entry") return `entry ${entry.target_id}`;
  const own = textIn(entry.after, "name") ?? textIn(entry.before, "name") ?? textIn(entry.after, "email");
  if (entry.target_kind === "organization") return own ?? organization;
  return own ?? template ?? entry.target_id;
}

function textIn(facts: Record<string, unknown> | null, name: string): string | undefined {
  const value = facts?.[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
