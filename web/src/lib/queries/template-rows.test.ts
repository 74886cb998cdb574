import { expect, test } from "vitest";
import { fc } from "../../../../tests/support/fast-check.ts";
import { withRows } from "./template-rows.ts";

const row = (id: string, updated_at: string) => ({ id, updated_at: `2026-11-26T01:00:${updated_at}+00:00` });
const list = [row("c", "03.5"), row("a", "02"), row("b", "02"), row("d", "01.25")];

test("a row that changed comes to its new place", () => {
  const changed = row("d", "04.125");
  expect(withRows(list, ["d"], [changed])).toEqual([changed, ...list.slice(0, 3)]);
});

test("a row that is gone leaves the list, one that is new or restored comes in", () => {
  const made = row("e", "02.001");
  const [first, ...rest] = list;
  expect(withRows(list, ["c", "e"], [made])).toEqual([made, ...rest]);
  expect(withRows(rest, ["c"], [first!])).toEqual(list);
});

test("however rows change, the list is the one that reading all of them would give", () => {
  const rows = fc.uniqueArray(
    fc.record({ id: fc.stringMatching(/^[a-f]{2}$/), updated_at: fc.stringMatching(/^[0-5]\d(\.[1-9])?$/) }),
    { selector: ({ id }) => id },
  );
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const now = after.map(({ id, updated_at }) => row(id, updated_at));
      const then = before.map(({ id, updated_at }) => row(id, updated_at));
      const ids = [...new Set([...before, ...after].map(({ id }) => id))];
      expect(withRows(withRows([], [], then), ids, now)).toEqual(withRows([], [], now));
    }),
  );
});
