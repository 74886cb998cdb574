import { DatabaseTimeout } from "./database-errors.ts";

interface Waiting {
  /** By `performance.now()`. */
  readonly until: number;
  giveUp(): void;
}

const TICK_MS = 100;
const waiting = new Set<Waiting>();
let clock: ReturnType<typeof setInterval> | undefined;

/**
 * A query's outcome, or `DatabaseTimeout` when it does not come in time; at most a tenth of a second late. One clock
 * for all: in Deno making a timer and clearing it takes as long as a tenth of a look-up.
 */
export function inTime<T>(query: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const one = {
      until: performance.now() + milliseconds,
      giveUp: () => reject(new DatabaseTimeout(`The database did not answer in ${milliseconds} ms.`)),
    };
    waiting.add(one);
    clock ??= setInterval(tick, TICK_MS);
    query.then(resolve, reject).finally(() => waiting.delete(one));
  });
}

function tick(): void {
  const now = performance.now();
  for (const one of waiting) {
    if (now < one.until) continue;
    waiting.delete(one);
    one.giveUp();
  }
  if (waiting.size > 0) return;
  clearInterval(clock);
  clock = undefined;
}
