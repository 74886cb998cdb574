/**
 * Groups look-ups without delaying any: a look-up starts at once when none is under way, and whatever arrives
 * meanwhile goes into the next one together. Each look-up still begins after the requests it serves arrived,
 * so what it reads is as fresh as if every request had asked by itself.
 */
export interface CoalesceOptions {
  /** The most items in one look-up. */
  maxItems: number;
  /** How many look-ups may be under way at once. */
  lanes: number;
}

interface Waiting<In, Out> {
  item: In;
  resolve: (value: Out) => void;
  reject: (error: unknown) => void;
}

/** `run` answers its items in their order. When it fails, every item of that look-up fails with its error. */
export function coalesce<In, Out>(
  run: (items: In[]) => Promise<Out[]>,
  { maxItems, lanes }: CoalesceOptions,
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let busy = 0;

  async function work(): Promise<void> {
    busy++;
    while (waiting.length > 0) {
      const group = waiting.splice(0, maxItems);
      try {
        const answers = await run(group.map((entry) => entry.item));
        group.forEach((entry, index) => {
          entry.resolve(answers[index] as Out);
        });
      } catch (error) {
        for (const entry of group) entry.reject(error);
      }
    }
    busy--;
  }

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy < lanes) void work();
    });
}
