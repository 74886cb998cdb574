import { sliceBounds } from "../operators/slice.ts";
import { type CallArguments, NO_CALL_ARGUMENTS } from "../runtime/arguments.ts";
import { type Native, native, variadic } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { callValue } from "../values/callable.ts";
import { toSize } from "../values/conversions.ts";
import { sameOrEqual } from "../values/equality.ts";
import { toList } from "../values/iteration.ts";
import { sortByKeys } from "../values/ordering.ts";
import { PythonError, typeError, valueError } from "../values/python-error.ts";
import { isTrue } from "../values/truth.ts";
import type { Tuple } from "../values/tuple.ts";
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

export const LIST_METHODS: readonly Native<Value[]>[] = [
  native("append", "object, /", (rt, list, item = null) => {
    rt.meter.spend(1);
    list.push(item);
    return null;
  }),
  native("clear", "", (_rt, list) => {
    list.length = 0;
    return null;
  }),
  native("copy", "", (rt, list) => toList(list, rt)),
  native("count", "value, /", (rt, list, item = null) => countItem(rt, list, item)),
  native("extend", "iterable, /", (rt, list, iterable = null) => {
    for (const item of toList(iterable, rt)) list.push(item);
    return null;
  }),
  native("index", "value, start=, stop=, /", (rt, list, item = null, start = null, stop = null) => {
    const index = findItem(rt, list, item, start, stop);
    if (index < 0) throw valueError("list.index(x): x not in list");
    return index;
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

export const TUPLE_METHODS: readonly Native<Tuple>[] = [
  native("count", "value, /", (rt, tuple, item = null) => countItem(rt, tuple.items, item)),
  native("index", "value, start=, stop=, /", (rt, tuple, item = null, start = null, stop = null) => {
    const index = findItem(rt, tuple.items, item, start, stop);
    if (index < 0) throw valueError("tuple.index(x): x not in tuple");
    return index;
  }),
];
