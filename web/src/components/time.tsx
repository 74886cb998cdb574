import { useSyncExternalStore } from "react";
import { exactTime, relativeTime } from "../lib/format.ts";

// One clock for the whole page: every relative time moves on together, twice a minute.
let now = new Date();
const listeners = new Set<() => void>();
setInterval(() => {
  now = new Date();
  for (const listener of listeners) listener();
}, 30_000);

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Relative, with the exact time on hover. */
export function Time({ at }: { at: string | Date }) {
  const clock = useSyncExternalStore(subscribe, () => now);
  const date = typeof at === "string" ? new Date(at) : at;
  // Something newer than the last tick is compared with itself, so that nothing happens "in 12 seconds".
  const reference = new Date(Math.max(date.getTime(), clock.getTime()));
  return (
    <time dateTime={date.toISOString()} title={exactTime(date)}>
      {relativeTime(date, reference)}
    </time>
  );
}
