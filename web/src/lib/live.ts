import { useSyncExternalStore } from "react";

let live = false;
const listeners = new Set<() => void>();

export function setLive(next: boolean) {
  live = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isLive(): boolean {
  return live;
}

/** Whether changes by others arrive by themselves right now. */
export function useLive(): boolean {
  return useSyncExternalStore(subscribe, isLive);
}
