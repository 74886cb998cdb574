import { focusManager, type Query, type QueryClient, type QueryKey } from "@tanstack/react-query";

/** How soon something is done after the first event (which is how long one change's events take to come in), and how often. */
export type Pace = { soonMs: number; everyMs: number };
export const PROMPT: Pace = { soonMs: 30, everyMs: 400 };
/** Of charts and sums: nobody reads a line that moves faster. */
export const AT_LEISURE: Pace = { soonMs: 1_000, everyMs: 3_000 };

/**
 * Gathers things to do, each of them once, and has them done together at that pace: a busy organization is told of its
 * requests many times a second. What `work` answers could not be done yet, and comes again.
 */
export function gather<T>(
  keyOf: (thing: T) => string,
  work: (things: T[]) => readonly T[] | Promise<readonly T[]>,
  { soonMs, everyMs }: Pace = PROMPT,
) {
  const waiting = new Map<string, T>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let working = false;
  let stopped = false;
  let worked = Number.NEGATIVE_INFINITY;

  async function flush() {
    timer = undefined;
    working = true;
    worked = Date.now();
    const due = [...waiting.values()];
    waiting.clear();
    const again = await work(due);
    working = false;
    add(again);
  }
  function add(things: readonly T[]) {
    for (const thing of things) waiting.set(keyOf(thing), thing);
    if (waiting.size === 0 || working || stopped) return;
    timer ??= setTimeout(flush, Math.max(soonMs, worked + everyMs - Date.now()));
  }
  function stop() {
    stopped = true;
    clearTimeout(timer);
  }
  return { add, stop };
}

/**
 * Makes query keys stale, at that pace. A fetch under way is left to finish, since starting it anew with every event
 * would never let it end; what it may have missed is fetched after it. What could not be read stays as it is: there is
 * a button to try again, which must not vanish from under a press. While nobody sees the page nothing is fetched; what
 * is stale is when it is shown.
 */
export function gatherInvalidations(queryClient: QueryClient, pace?: Pace) {
  return gather<QueryKey>(
    (queryKey) => JSON.stringify(queryKey),
    (due) => {
      const cache = queryClient.getQueryCache();
      // Each once, also when two of the keys lead to it.
      const stale = new Set(due.flatMap((queryKey) => cache.findAll({ queryKey })));
      const busy = new Set([...stale].filter(({ state }) => state.fetchStatus === "fetching"));
      void queryClient.invalidateQueries({
        predicate: (query) => stale.has(query) && !busy.has(query) && !hasFailed(query),
        refetchType: focusManager.isFocused() ? "active" : "none",
      });
      return [...busy].map((query) => query.queryKey);
    },
    pace,
  );
}

function hasFailed({ state }: Query) {
  return state.status === "error" && state.data === undefined;
}
