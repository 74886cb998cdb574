import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { DatabaseTimeout } from "./database-errors.ts";
import { inTime } from "./in-time.ts";

beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());

it("a query that answers in time is its answer, one that fails its failure", async () => {
  expect(await inTime(Promise.resolve("rows"), 3_000)).toBe("rows");
  await expect(inTime(Promise.reject(new Error("refused")), 3_000)).rejects.toThrow("refused");
});

it("a query that hangs is given up when its time is over, each by its own", async () => {
  const hanging = new Promise(() => {});
  const outcomes: string[] = [];
  for (const limit of [500, 3_000]) {
    inTime(hanging, limit).catch((error) =>
      outcomes.push(`${limit} ${error instanceof DatabaseTimeout && error.message}`),
    );
  }
  await vi.advanceTimersByTimeAsync(450);
  expect(outcomes).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(outcomes).toEqual(["500 The database did not answer in 500 ms."]);
  await vi.advanceTimersByTimeAsync(2_500);
  expect(outcomes).toHaveLength(2);
});

it("a query that fails after it was given up disturbs nobody", async () => {
  let fail: (error: Error) => void = () => {};
  const late = inTime(
    new Promise((_, reject) => {
      fail = reject;
    }),
    100,
  );
  late.catch(() => {});
  await vi.advanceTimersByTimeAsync(300);
  await expect(late).rejects.toThrow(DatabaseTimeout);
  fail(new Error("too late"));
  await vi.advanceTimersByTimeAsync(0);
});

it("no clock runs while nobody waits", async () => {
  await inTime(Promise.resolve(), 1_000);
  await vi.advanceTimersByTimeAsync(200);
  expect(vi.getTimerCount()).toBe(0);
});
