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
}

interface Waiting<In, Out> {
  item: In;
  resolve: (value: Out) => void;
  reject: (error: unknown) => void;
}

/** `run` answers its items in their order. When it fails, every item of that look-up fails with its error. */
export function coalesce<In, Out>(
  run: (items: In[]) => Promise<Out[]>,
  { maxItems, lanes, soon = nextTurn }: CoalesceOptions,
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let busy = 0;
  let starting = false;

  async function work(): Promise<void> {
    busy++;
    const group = waiting.splice(0, maxItems);
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
    soon(() => {
      starting = false;
      void work();
      schedule();
    });
  }

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}
