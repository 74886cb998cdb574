import { sliceBounds } from "../operators/slice.ts";
import { type CallArguments, type Native, NO_CALL_ARGUMENTS, native, variadic } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { callValue } from "../values/callable.ts";
import { toSize } from "../values/conversions.ts";
import { sameOrEqual } from "../values/equality.ts";
import { toList } from "../values/iteration.ts";
import { PythonError, typeError, valueError } from "../values/python-error.ts";
import { sortByKeys } from "../values/sorting.ts";
import { isTrue } from "../values/truth.ts";
import type { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";

function countItem(rt: Runtime, items: readonly Value[], item: Value): number {
  let count = 0;
  for (const candidate of items) {
    rt.meter.spend(1);
    if (sameOrEqual(candidate, item, rt)) count++;
  }
  return count;
}

/** Index of the first equal item between `start` and `stop`, or -1. */
function findItem(rt: Runtime, items: readonly Value[], item: Value, start: Value, stop: Value): number {
  const bounds = sliceBounds(items.length, start, stop, null);
  for (let index = bounds.start; index < bounds.start + bounds.size; index++) {
    rt.meter.spend(1);
    if (sameOrEqual(items[index] as Value, item, rt)) return index;
  }
  return -1;
}

function popItem(list: Value[], index: number): Value {
  if (list.length === 0) throw new PythonError("index_error", "pop from empty list");
  const at = index < 0 ? index + list.length : index;
  const [item] = at >= 0 ? list.splice(at, 1) : [];
  if (item === undefined) throw new PythonError("index_error", "pop index out of range");
  return item;
}

/** `list.sort(key=None, reverse=False)`, which takes its arguments by name only. */
function sortInPlace(rt: Runtime, list: Value[], args: CallArguments): Value {
  if (args.positional.length > 0) throw typeError("sort() takes no positional arguments");
  const named = new Map(args.named ?? []);
  const key = named.get("key") ?? null;
  const reverse = named.get("reverse") ?? false;
  named.delete("key");
  named.delete("reverse");
  for (const name of named.keys()) throw typeError(`'${name}' is an invalid keyword argument for sort()`);
  const keyOf = (item: Value) =>
    key === null ? item : callValue(key, rt, { ...NO_CALL_ARGUMENTS, positional: [item] });
  const sorted = sortByKeys(list, keyOf, isTrue(reverse, rt), rt);
  list.splice(0, list.length, ...sorted);
  return null;
}

const CHANGES: readonly Native<Value[]>[] = [
  native("clear", "", (_rt, list) => {
    list.length = 0;
    return null;
  }),
  native("copy", "", (rt, list) => toList(list, rt)),
  native("extend", "iterable, /", (rt, list, iterable = null) => {
    for (const item of toList(iterable, rt)) list.push(item);
    return null;
  }),
  native("insert", "index, object, /", (rt, list, index = null, item = null) => {
    rt.meter.reserveElements(list.length);
    list.splice(toSize(index), 0, item);
    return null;
  }),
  native("pop", "index=, /", (rt, list, index = -1) => {
    rt.meter.reserveElements(list.length);
    return popItem(list, toSize(index));
  }),
  native("remove", "value, /", (rt, list, item = null) => {
    const index = findItem(rt, list, item, null, null);
    if (index < 0) throw valueError("list.remove(x): x not in list");
    list.splice(index, 1);
    return null;
  }),
  native("reverse", "", (rt, list) => {
    rt.meter.reserveElements(list.length);
    list.reverse();
    return null;
  }),
  variadic("sort", sortInPlace),
];

/** `count` and `index`, which lists and tuples have alike. */
const SEARCHES: readonly Native<Value[] | Tuple>[] = [
  native("count", "value, /", (rt, self, item = null) => countItem(rt, itemsOf(self), item)),
  native("index", "value, start=, stop=, /", (rt, self, item = null, start = null, stop = null) => {
    const index = findItem(rt, itemsOf(self), item, start, stop);
    const type = typeName(self);
    if (index < 0) throw valueError(`${type}.index(x): x not in ${type}`);
    return index;
  }),
];

function itemsOf(self: Value[] | Tuple): readonly Value[] {
  return Array.isArray(self) ? self : self.items;
}

/** The methods of `list` but for `append`, and those of `tuple`. */
export const NATIVES: readonly Native<never>[] = [...CHANGES, ...SEARCHES];
