import { invalidRequest } from "../_shared/server/functions/function-error.ts";
import { CORS_HEADERS } from "../_shared/server/http/cors.ts";
import { auditCsv, auditCsvHead, auditJson } from "./audit-formats.ts";
import type { PromptsRequest } from "./handle-request.ts";
import { AUDIT_PAGE, type AuditEntry, type AuditFilters, type PromptsStore } from "./prompts-store.ts";

const FILTERS = ["template_id", "actor", "action", "since", "until"] as const;

/**
 * `GET /audit-export?organization_id=…&format=csv|json&template_id&actor&action&since&until`: every matching
 * audit entry, newest first, streamed page by page. For admins; the export itself is audited first, and what
 * happens while it streams is not in it.
 */
export async function exportAudit({ caller, url }: PromptsRequest, store: PromptsStore): Promise<Response> {
  const { organizationId, format, filters } = readQuery(url.searchParams);
  const start = await store.startExport(caller, organizationId, format, filters);
  const nextPage = (before: number) => store.auditPage(caller, organizationId, filters, before);
  // The first page is read before the answer begins, so that what is refused is refused with a status.
  const first = await nextPage(start);
  const csv = format === "csv";
  const day = new Date().toISOString().slice(0, 10);
  return new Response(streamPages(first, nextPage, csv ? csvWriter : jsonWriter), {
    headers: {
      ...CORS_HEADERS,
      "content-type": csv ? "text/csv; charset=utf-8; header=present" : "application/json",
      "content-disposition": `attachment; filename="nemo-audit-${day}.${format}"`,
      "cache-control": "no-store",
    },
  });
}

function readQuery(query: URLSearchParams): {
  organizationId: string;
  format: "csv" | "json";
  filters: AuditFilters;
} {
  const organizationId = query.get("organization_id") ?? "";
  const format = query.get("format") ?? "csv";
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(organizationId)) {
    throw invalidRequest("`organization_id` is not the id of an organization.");
  }
  if (format !== "csv" && format !== "json") throw invalidRequest("`format` is neither csv nor json.");
  const filters: Partial<Record<(typeof FILTERS)[number], string>> = {};
  for (const [name, value] of query) {
    if (name === "organization_id" || name === "format") continue;
    const filter = FILTERS.find((known) => known === name);
    // A filter that is misspelt and passed over would export more than was asked for.
    if (!filter) throw invalidRequest(`There is no filter \`${name.slice(0, 64)}\`.`);
    if (value !== "") filters[filter] = value;
  }
  return { organizationId, format, filters };
}

/** How entries become text: what stands first, each page, what stands last. */
interface Writer {
  readonly head: string;
  readonly page: (entries: readonly AuditEntry[], first: boolean) => string;
  readonly tail: string;
}

const csvWriter: Writer = { head: auditCsvHead(), page: auditCsv, tail: "" };
const jsonWriter: Writer = { head: "[", page: auditJson, tail: "\n]\n" };

/** Reads a page only when the one before it has been taken. A failure breaks the stream off, visibly. */
function streamPages(
  first: readonly AuditEntry[],
  nextPage: (before: number) => Promise<readonly AuditEntry[]>,
  writer: Writer,
): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder();
  let page: readonly AuditEntry[] | null = first;
  let written = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        page ??= await nextPage(written);
        const text = (written === 0 ? writer.head : "") + writer.page(page, written === 0);
        const last = page.length < AUDIT_PAGE;
        controller.enqueue(utf8.encode(last ? text + writer.tail : text));
        written = page.at(-1)?.sequence ?? 0;
        page = null;
        if (last) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
