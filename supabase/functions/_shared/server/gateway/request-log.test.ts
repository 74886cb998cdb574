import { expect, it, vi } from "vitest";
import { requestLog } from "./request-log.ts";

type Entry = Record<string, unknown>;

/** A log whose database takes what `accepts` lets pass. */
function logInto(accepts: (entry: Entry) => boolean = () => true) {
  const written: Entry[] = [];
  const kept: Promise<unknown>[] = [];
  const database = {
    record: async (_batchId: string, items: string[]) => {
      const entries = items.map((text) => JSON.parse(text) as Entry);
      if (!entries.every(accepts))
        throw Object.assign(new Error("a row that must not be told"), { code: "23514" });
      written.push(...entries);
    },
  };
  return { written, kept, log: requestLog(database, (work) => void kept.push(work)) };
}

it("an entry is written as it was when it was added", async () => {
  const { written, log } = logInto();
  const entry = { request_id: "a", status: 200 };
  const first = log.add(entry);
  const second = log.add(entry);
  entry.status = 500;
  await Promise.all([first, second]);
  expect(written).toEqual([
    { request_id: "a", status: 200 },
    { request_id: "a", status: 200 },
  ]);
});

it("the process is kept alive once for all that is written together", async () => {
  const { kept, log, written } = logInto();
  for (const request_id of ["a", "b", "c", "d"]) void log.add({ request_id });
  // The first went at once; the others wait for one another.
  expect(kept).toHaveLength(2);
  await Promise.all(kept);
  expect(written).toHaveLength(4);
});

it("what cannot be written with its content is written without, because it has to be charged", async () => {
  let deep: unknown = [];
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  const { written, log } = logInto(({ response }) => response !== "refused");
  await log.add({ request_id: "too deep", status: 200, response: deep });
  await log.add({ request_id: "refused", status: 200, variables: "{}", response: "refused" });
  expect(written).toEqual([
    { request_id: "too deep", status: 200 },
    { request_id: "refused", status: 200 },
  ]);
});

it("of an entry that cannot be written at all only its id and the error's code are told", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const { written, log } = logInto(() => false);
  await log.add({ request_id: "lost", subject: "secret" });
  expect(written).toEqual([]);
  expect(told.mock.calls).toEqual([["request lost could not be recorded:", "SQLSTATE 23514"]]);
  told.mockRestore();
});
