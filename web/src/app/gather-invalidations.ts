import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** Stale keys are fetched again at most once in this many milliseconds… */
export const GATHER_MS = 400;
/** …and the first of them after this many, which is how long one change's events take to come in. */
const SOON_MS = 30;
/** Of charts: what is counted comes first, and nobody reads a line that moves faster. */
export const AT_LEISURE = { soonMs: 1_000, everyMs: 3_000 };

/**
 * Makes query keys stale, each once per GATHER_MS (or `everyMs`) at most: a busy organization is told of its requests many
 * times a second. A fetch under way is left to finish, since starting it anew with every event would never let
 * it end; what it may have missed is fetched after it.
 */
export function gatherInvalidations(
  queryClient: QueryClient,
  { soonMs, everyMs } = { soonMs: SOON_MS, everyMs: GATHER_MS },
) {
  const waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushed = Number.NEGATIVE_INFINITY;

  function flush() {
    timer = undefined;
    flushed = Date.now();
    const due = [...waiting.values()];
    waiting.clear();
    for (const queryKey of due) {
      const busy = queryClient.getQueryCache().findAll({ queryKey, fetchStatus: "fetching" });
      const held = new Set(busy.map(({ queryHash }) => queryHash));
      add(busy.map((query) => query.queryKey));
      void queryClient.invalidateQueries({ queryKey, predicate: ({ queryHash }) => !held.has(queryHash) });
    }
  }
  function add(stale: readonly QueryKey[]) {
    for (const queryKey of stale) waiting.set(JSON.stringify(queryKey), queryKey);
    if (waiting.size > 0) timer ??= setTimeout(flush, Math.max(soonMs, flushed + everyMs - Date.now()));
  }
  return { add, stop: () => clearTimeout(timer) };
}
