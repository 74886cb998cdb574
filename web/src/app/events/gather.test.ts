import { focusManager, QueryClient, type QueryKey, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AT_LEISURE, gather, gatherInvalidations, PROMPT } from "./gather.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  focusManager.setFocused(undefined);
  vi.useRealTimers();
});

/** A query that somebody is looking at, and that takes this long; answers how often it was fetched. */
async function watched(queryClient: QueryClient, takes: number, queryKey: QueryKey = ["results"]) {
  const fetches: number[] = [];
  const queryFn = async () => {
    fetches.push(Date.now());
    await new Promise((resolve) => setTimeout(resolve, takes));
    return fetches.length;
  };
  const observer = new QueryObserver(queryClient, { queryKey, queryFn, retry: false });
  observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(takes);
  fetches.length = 0;
  return { fetches, observer };
}

test("a hundred events in a moment are one fetch", async () => {
  const queryClient = new QueryClient();
  const { fetches } = await watched(queryClient, 10);
  const gathered = gatherInvalidations(queryClient);
  for (let i = 0; i < 100; i++) gathered.add([["results"]]);
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs * 3);
  expect(fetches).toHaveLength(1);
});

test("events that never pause do not keep a slow fetch from finishing, and the last one is fetched after", async () => {
  const queryClient = new QueryClient();
  const { fetches, observer } = await watched(queryClient, PROMPT.everyMs * 2);
  const gathered = gatherInvalidations(queryClient);
  const before = observer.getCurrentResult().data;
  for (let i = 0; i < 50; i++) {
    gathered.add([["results"]]);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(observer.getCurrentResult().data).not.toBe(before);
  const last = Date.now();
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs * 4);
  expect(fetches.at(-1)).toBeGreaterThanOrEqual(last - 100);
});

test("a slow query holds up none of the others under the same key", async () => {
  const queryClient = new QueryClient();
  await watched(queryClient, PROMPT.everyMs * 20, ["results", "chart"]);
  const { fetches } = await watched(queryClient, 10, ["results", "counts"]);
  const gathered = gatherInvalidations(queryClient);
  for (let i = 1; i <= 4; i++) {
    gathered.add([["results"]]);
    await vi.advanceTimersByTimeAsync(PROMPT.everyMs + 50);
    expect(fetches).toHaveLength(i);
  }
});

test("charts are drawn at leisure: a second after the first event, and every three while there are more", async () => {
  const queryClient = new QueryClient();
  const { fetches } = await watched(queryClient, 10);
  const gathered = gatherInvalidations(queryClient, AT_LEISURE);
  const begun = Date.now();
  for (let i = 0; i < 80; i++) {
    gathered.add([["results"]]);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(fetches.map((at) => at - begun)).toEqual([1_000, 4_000, 7_000]);
});

test("nothing is fetched after it was stopped", async () => {
  const queryClient = new QueryClient();
  const { fetches } = await watched(queryClient, 10);
  const gathered = gatherInvalidations(queryClient);
  gathered.add([["results"]]);
  gathered.stop();
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs * 3);
  expect(fetches).toHaveLength(0);
});

test("a query under two stale keys is fetched once, and once more only when it was being fetched", async () => {
  const queryClient = new QueryClient();
  const { fetches } = await watched(queryClient, 100, ["template", "versions"]);
  const gathered = gatherInvalidations(queryClient);
  gathered.add([["template"], ["template", "versions"]]);
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs * 3);
  expect(fetches).toHaveLength(1);
  void queryClient.invalidateQueries({ queryKey: ["template"] });
  gathered.add([["template"], ["template", "versions"]]);
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs * 5);
  expect(fetches).toHaveLength(3);
});

test("two hundred events in a second are a few fetches", async () => {
  const queryClient = new QueryClient();
  const { fetches } = await watched(queryClient, 10);
  const gathered = gatherInvalidations(queryClient);
  for (let i = 0; i < 200; i++) {
    gathered.add([["results"]]);
    await vi.advanceTimersByTimeAsync(5);
  }
  expect(fetches.length).toBeLessThanOrEqual(3);
});

test("what nobody sees is not fetched, and what is stale by then is when it is shown", async () => {
  const queryClient = new QueryClient();
  queryClient.mount();
  const { fetches } = await watched(queryClient, 10);
  const gathered = gatherInvalidations(queryClient);
  focusManager.setFocused(false);
  for (let i = 0; i < 10; i++) {
    gathered.add([["results"]]);
    await vi.advanceTimersByTimeAsync(PROMPT.everyMs);
  }
  expect(fetches).toHaveLength(0);
  focusManager.setFocused(true);
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs);
  expect(fetches).toHaveLength(1);
});

test("what could not be read is left to the button that tries again, unless there is something to show meanwhile", async () => {
  const queryClient = new QueryClient();
  let refused = true;
  let asked = 0;
  const queryFn = async () => {
    asked += 1;
    if (refused) throw new Error("refused");
    return asked;
  };
  const observer = new QueryObserver(queryClient, { queryKey: ["results"], queryFn, retry: false });
  observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(10);
  const gathered = gatherInvalidations(queryClient);
  gathered.add([["results"]]);
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs);
  expect([asked, observer.getCurrentResult().status]).toEqual([1, "error"]);

  refused = false;
  await observer.refetch();
  refused = true;
  await observer.refetch();
  expect([asked, observer.getCurrentResult().status]).toEqual([3, "error"]);
  gathered.add([["results"]]);
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs);
  expect(asked).toBe(4);
});

test("what could not be done yet comes again, together with what came meanwhile", async () => {
  const done: string[][] = [];
  let ready = false;
  const { add } = gather<string>(String, (things) => {
    if (!ready) return things;
    done.push(things);
    return [];
  });
  add(["a"]);
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs);
  add(["b"]);
  ready = true;
  await vi.advanceTimersByTimeAsync(PROMPT.everyMs * 2);
  expect(done).toEqual([["a", "b"]]);
});
