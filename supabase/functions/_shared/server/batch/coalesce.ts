import { nextTurn } from "./next-turn.ts";

/**
 * Groups look-ups without delaying any by more than one turn of the event loop: a look-up starts when whatever
 * arrived together was read, if a lane is free, and what arrives meanwhile goes into the next one together.
 * Each look-up still begins after the requests it serves arrived, so what it reads is as fresh as if every
 * request had asked by itself.
 */
export interface CoalesceOptions {
  /** The most items in one look-up. */
  maxItems: number;
  /** How many look-ups may be under way at once. */
  lanes: number;
  /** Calls back when the group may set off: by default at the end of this turn of the event loop. */
  soon?: (start: () => void) => void;
  /**
   * From the beginning of a look-up of many to that of the next, at least. What a look-up costs is mostly its own,
   * not its items', so while many ask it pays to let them gather; who asks alone never waits.
   */
  spacedMs?: number;
}

interface Waiting<In, Out> {
  item: In;
  resolve: (value: Out) => void;
  reject: (error: unknown) => void;
}

/** A look-up of so many is one of many. */
const MANY = 4;

/** `run` answers its items in their order. When it fails, every item of that look-up fails with its error. */
export function coalesce<In, Out>(
  run: (items: In[]) => Promise<Out[]>,
  { maxItems, lanes, soon = nextTurn, spacedMs = 0 }: CoalesceOptions,
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let busy = 0;
  let starting = false;
  let notBefore = 0;

  async function work(): Promise<void> {
    busy++;
    const group = waiting.splice(0, maxItems);
    notBefore = group.length < MANY ? 0 : performance.now() + spacedMs;
    try {
      const answers = await run(group.map((entry) => entry.item));
      group.forEach((entry, index) => {
        entry.resolve(answers[index] as Out);
      });
    } catch (error) {
      for (const entry of group) entry.reject(error);
    }
    busy--;
    schedule();
  }

  function schedule(): void {
    if (starting || busy >= lanes || waiting.length === 0) return;
    starting = true;
    const start = () => {
      starting = false;
      void work();
      schedule();
    };
    const wait = notBefore === 0 ? 0 : notBefore - performance.now();
    if (wait > 0) setTimeout(start, wait);
    else soon(start);
  }

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}
