import { useSyncExternalStore } from "react";

/** Whether the window is as the query says, now and whenever that changes; for what CSS alone cannot arrange. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}
