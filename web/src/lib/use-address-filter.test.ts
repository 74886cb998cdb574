import { expect, test } from "vitest";
import { readFilter } from "./use-address-filter.ts";

type Filter = { find: string; model: string | null; hours: number | null };
const nothing: Filter = { find: "", model: null, hours: null };

test.each<[search: string, filter: Partial<Filter>]>([
  ["", {}],
  ["?model=gpt-4o&hours=24", { model: "gpt-4o", hours: 24 }],
  ["?find=a%20b&other=1", { find: "a b" }],
  ["?hours=soon", {}],
  ["?hours=", {}],
  ["?model=4", { model: "4" }],
])("an address with %j narrows by %j", (search, filter) =>
  expect(readFilter(search, nothing, ["hours"])).toEqual({ ...nothing, ...filter }),
);
