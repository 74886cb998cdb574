import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** How long stale keys are gathered before they are fetched again, in milliseconds. */
export const GATHER_MS = 400;

/**
 * Makes query keys stale, each once per GATHER_MS at most: a busy organization is told of its requests many
 * times a second. A fetch under way is left to finish, since starting it anew with every event would never let
 * it end; what it may have missed is fetched after it.
 */
export function gatherInvalidations(queryClient: QueryClient) {
  const waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    timer = undefined;
    const due = [...waiting.values()];
    waiting.clear();
    for (const queryKey of due) {
      if (queryClient.isFetching({ queryKey }) > 0) add([queryKey]);
      else void queryClient.invalidateQueries({ queryKey });
    }
  }
  function add(stale: readonly QueryKey[]) {
    for (const queryKey of stale) waiting.set(JSON.stringify(queryKey), queryKey);
    if (waiting.size > 0) timer ??= setTimeout(flush, GATHER_MS);
  }
  return { add, stop: () => clearTimeout(timer) };
}
