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
  // What is newer than the last tick is compared with itself, so that nothing that happened was "in 12 seconds".
  // What is further ahead is yet to come, such as an expiry.
  const justNow = date > clock && date.getTime() - clock.getTime() < 60_000;
  return (
    <time dateTime={date.toISOString()} title={exactTime(date)}>
      {relativeTime(date, justNow ? date : clock)}
    </time>
  );
}
