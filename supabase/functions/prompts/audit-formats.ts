import { stringify } from "csv-stringify/sync";
import type { AuditEntry } from "./prompts-store.ts";

const COLUMNS = [
  "sequence",
  "occurred_at",
  "action",
  "actor_kind",
  "actor_id",
  "actor_name",
  "ip",
  "user_agent",
  "target_kind",
  "target_id",
  "template_id",
  "before",
  "after",
  "previous_hash",
  "hash",
] as const;

export function auditCsvHead(): string {
  return csv([[...COLUMNS]]);
}

/** One line an entry. Objects stand as JSON in their cell; what is absent is empty. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  return csv(entries.map((entry) => COLUMNS.map((column) => cell(entry[column]))));
}

/** The entries as members of a JSON array, each on a line of its own. */
export function auditJson(entries: readonly AuditEntry[], first: boolean): string {
  return entries
    .map((entry, index) => `${first && index === 0 ? "" : ","}\n${JSON.stringify(entry)}`)
    .join("");
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/**
 * RFC 4180: lines end with CRLF, quotes are doubled. A cell that a spreadsheet would take for a formula
 * (it begins with = + - @, tab or carriage return) gets an apostrophe in front, as OWASP advises.
 */
function csv(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { record_delimiter: "windows", escape_formulas: true });
}
