import { expect, it } from "vitest";
import { coalesce } from "./coalesce.ts";
import { nextTurn } from "./next-turn.ts";
import { writeBehind } from "./write-behind.ts";

const turn = () => new Promise<void>(nextTurn);

it("what arrives in one turn goes together, what arrives during a look-up goes into the next one together", async () => {
  const groups: number[][] = [];
  const gates: (() => void)[] = [];
  const ask = coalesce(
    async (items: number[]) => {
      groups.push(items);
      await new Promise<void>((open) => gates.push(open));
      return items.map((item) => item * 10);
    },
    { maxItems: 10, lanes: 1 },
  );
  const first = [ask(1), ask(2)];
  await turn();
  expect(groups).toEqual([[1, 2]]);
  const later = [ask(3), ask(4)];
  await turn();
  expect(groups).toEqual([[1, 2]]);
  gates[0]?.();
  expect(await Promise.all(first)).toEqual([10, 20]);
  await turn();
  gates[1]?.();
  expect(await Promise.all(later)).toEqual([30, 40]);
  expect(groups).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

it("a failed look-up fails its own requests and no later ones", async () => {
  let fail = true;
  const ask = coalesce(
    async (items: number[]) => {
      if (fail) throw new Error("away");
      return items;
    },
    { maxItems: 10, lanes: 1 },
  );
  await expect(ask(1)).rejects.toThrow("away");
  fail = false;
  expect(await ask(2)).toBe(2);
});

function recorder(write: (batch: string, items: number[]) => void) {
  let batches = 0;
  const dropped: number[] = [];
  const queue = writeBehind<number>({
    write: async (batch, items) => write(batch, items),
    newBatchId: () => `batch-${++batches}`,
    isPassing: (error) => (error as Error).message === "away",
    reduced: (item) => (item >= 1000 ? item - 1000 : null),
    onDropped: (item) => dropped.push(item),
    maxItems: 100,
    everyMs: 20,
    maxWaiting: 3,
    pause: async () => {},
  });
  return { queue, dropped };
}

it("a write is repeated under the same batch id until the database is back", async () => {
  const tries: string[] = [];
  const { queue } = recorder((batch) => {
    tries.push(batch);
    if (tries.length < 3) throw new Error("away");
  });
  await queue.add(1);
  expect(tries).toEqual(["batch-1", "batch-1", "batch-1"]);
});

it("one item the database refuses holds up none of the others", async () => {
  const written: number[] = [];
  const { queue, dropped } = recorder((_batch, items) => {
    if (items.includes(13)) throw new Error("refused");
    written.push(...items);
  });
  await Promise.all([1, 2, 13, 4, 5].map((item) => queue.add(item)));
  expect(written.sort()).toEqual([1, 2, 4, 5]);
  expect(dropped).toEqual([13]);
  expect(queue.waiting()).toBe(0);
});

it("an item the database refuses as it is is written without what it can do without", async () => {
  const written: number[] = [];
  const { queue, dropped } = recorder((_batch, items) => {
    if (items.some((item) => item >= 1000)) throw new Error("refused");
    written.push(...items);
  });
  await Promise.all([1, 1002, 3].map((item) => queue.add(item)));
  expect([written.sort(), dropped]).toEqual([[1, 2, 3], []]);
});

it("writes that follow closely are gathered: the first goes at once, the others wait for a moment together", async () => {
  const groups: number[][] = [];
  const { queue } = recorder((_batch, items) => void groups.push(items));
  await queue.add(1);
  await Promise.all([queue.add(2), queue.add(3)]);
  expect(groups).toEqual([[1], [2, 3]]);
});
