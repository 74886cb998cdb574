import { useSyncExternalStore } from "react";

/** Whether changes by others arrive by themselves: not yet, right now, or no longer. */
export type Liveness = "joining" | "live" | "lost";

let liveness: Liveness = "joining";
const listeners = new Set<() => void>();

export function setLiveness(next: Liveness) {
  liveness = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isLive(): boolean {
  return liveness === "live";
}

export function useLiveness(): Liveness {
  return useSyncExternalStore(subscribe, () => liveness);
}
