import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { getTemplateRows, isPartial, type Template } from "./get-templates.ts";
import { withRows } from "./template-rows.ts";

/** What shows this template, besides the library: its list may be long, and only one row of it has changed. */
export function keysOfTemplate(org: string, id: string): QueryKey[] {
  // What is deleted left the list, and what is included by a draft may be any template.
  return [keys.template(org, id), keys.deletedTemplates(org), keys.draftIncludes(org)];
}

/** A row of the library that may have changed. `at`: what the row says it has known since then is not asked for. */
export type ChangedRow = { id: string; at?: string };

/** More than this are not rows any more: the list is read as a whole. */
const MOST_ROWS = 100;

/** Two readings of one row must not overtake each other. */
let reading: Promise<unknown> = Promise.resolve();

/**
 * Puts these templates, as they are now, into the library's list: changed, made, restored, or gone. Answers those that
 * have to be read again because the list itself was being read, maybe before they changed.
 */
export function readRowsAgain(
  queryClient: QueryClient,
  org: string,
  changed: readonly ChangedRow[],
): Promise<readonly ChangedRow[]> {
  const read = reading.then(() => readRows(queryClient, org, changed));
  reading = read.catch(() => {});
  return read;
}

async function readRows(queryClient: QueryClient, org: string, changed: readonly ChangedRow[]) {
  const queryKey = keys.templateList(org);
  const listed = () => queryClient.getQueryState<Template[]>(queryKey);
  const before = listed();
  if (before?.fetchStatus === "fetching") return changed;
  if (!before?.data) return [];
  const list = before.data;
  const unknown = changed.filter(({ id, at }) => {
    const row = at && list.find((template) => template.id === id);
    return !row || Date.parse(row.updated_at) < Date.parse(at);
  });
  if (unknown.length === 0) return [];
  const ids = unknown.map(({ id }) => id);
  const rows =
    ids.length > MOST_ROWS || before.isInvalidated || isPartial(list)
      ? null
      : await getTemplateRows(org, ids).catch(() => null);
  if (rows && listed()?.data !== list) return unknown;
  // Otherwise it is read as a whole, as soon as somebody looks at it.
  if (rows) queryClient.setQueryData<Template[]>(queryKey, withRows(list, ids, rows));
  else void queryClient.invalidateQueries({ queryKey, exact: true });
  return [];
}

/** For those who change a template: resolves when the pages show what it is now. */
export function useTemplateChanged(): (templateId: string) => Promise<unknown> {
  const queryClient = useQueryClient();
  const { id: org } = useOrganization();
  async function row(id: string) {
    const unread = await readRowsAgain(queryClient, org, [{ id }]);
    if (unread.length === 0) return;
    await queryClient.invalidateQueries({ queryKey: keys.templateList(org), exact: true });
  }
  return (id) => {
    const stale = [...keysOfTemplate(org, id), keys.libraryTotals(org)];
    return Promise.all([row(id), ...stale.map((queryKey) => queryClient.invalidateQueries({ queryKey }))]);
  };
}
