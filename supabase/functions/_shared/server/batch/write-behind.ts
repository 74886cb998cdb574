/**
 * Grouped writes after the answer: the first item is written at once, and what arrives while a write is under
 * way, or shortly after it began, goes into the next one together. A write that fails because the database is away is repeated with the
 * same batch id until it succeeds, so that the database can tell a repetition from a second write. A write
 * that the database refuses for what is in it is split, so that one bad item cannot hold up the others, and that
 * one is tried again without what it can do without.
 */
export interface WriteBehindOptions<Item> {
  write: (batchId: string, items: Item[]) => Promise<void>;
  newBatchId: () => string;
  /** Whether an error will pass by itself. Anything else is taken as a fault of the items. */
  isPassing: (error: unknown) => boolean;
  /** The item without what the database may not take; null when there is nothing it could do without. */
  reduced: (item: Item) => Item | null;
  /** Told about an item that could not be written at all. */
  onDropped: (item: Item, error: unknown) => void;
  maxItems: number;
  /** From the beginning of a write to that of the next, at least: what a write costs is mostly its own, not its items'. */
  everyMs: number;
  /** How many items may wait before `isFull` says so. */
  maxWaiting: number;
  /** Given each group's end when the group begins, to keep the process alive until then. */
  keepAlive?: (written: Promise<void>) => void;
  /** Waits between two tries; a parameter so that tests need not wait. */
  pause?: (milliseconds: number) => Promise<void>;
}

export interface WriteBehind<Item> {
  /** Resolves when the item is durable (or was dropped, which `onDropped` was told). */
  add(item: Item): Promise<void>;
  /** More is waiting than should be: time to stop taking on work that has to be recorded. */
  isFull(): boolean;
  /** How many items are not yet durable. */
  waiting(): number;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

const sleep = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** What is written together, and one promise for all of it: items are many, and what waits with each is copied by every collection of garbage. */
interface Group<Item> {
  readonly items: Item[];
  readonly written: Promise<void>;
  readonly done: () => void;
}

export function writeBehind<Item>(options: WriteBehindOptions<Item>): WriteBehind<Item> {
  const pause = options.pause ?? sleep;
  const groups: Group<Item>[] = [];
  let unwritten = 0;
  let begunAt = Number.NEGATIVE_INFINITY;
  let busy = false;

  async function writeGroup(items: Item[]): Promise<void> {
    const batchId = options.newBatchId();
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        return await options.write(batchId, items);
      } catch (error) {
        if (options.isPassing(error)) {
          await pause(wait);
          continue;
        }
        const [only] = items as [Item];
        if (items.length === 1) {
          const less = options.reduced(only);
          return less === null ? options.onDropped(only, error) : writeGroup([less]);
        }
        const half = items.length >> 1;
        await writeGroup(items.slice(0, half));
        return writeGroup(items.slice(half));
      }
    }
  }

  async function work(): Promise<void> {
    busy = true;
    while (groups.length > 0) {
      const wait = begunAt + options.everyMs - performance.now();
      if (wait > 0) await pause(wait);
      begunAt = performance.now();
      const group = groups.shift() as Group<Item>;
      await writeGroup(group.items);
      unwritten -= group.items.length;
      group.done();
    }
    busy = false;
  }

  function newGroup(): Group<Item> {
    let done: () => void = () => {};
    const written = new Promise<void>((resolve) => {
      done = resolve;
    });
    const group = { items: [], written, done };
    groups.push(group);
    options.keepAlive?.(written);
    return group;
  }

  return {
    add(item) {
      const last = groups.at(-1);
      const group = last && last.items.length < options.maxItems ? last : newGroup();
      group.items.push(item);
      unwritten++;
      if (!busy) void work();
      return group.written;
    },
    isFull: () => unwritten >= options.maxWaiting,
    waiting: () => unwritten,
  };
}
