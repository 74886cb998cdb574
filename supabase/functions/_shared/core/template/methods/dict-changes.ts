import { type Native, native, variadic } from "../runtime/native.ts";
import { Dict } from "../values/dict.ts";
import { updateDict } from "../values/dict-building.ts";
import { items } from "../values/iteration.ts";
import { PythonError } from "../values/python-error.ts";
import { repr } from "../values/text.ts";
import { Tuple } from "../values/tuple.ts";
import type { Value } from "../values/value.ts";

function lastEntry(dict: Dict): [Value, Value] {
  let last: [Value, Value] | undefined;
  for (const entry of dict.entries()) last = entry;
  if (!last) throw new PythonError("key_error", "'popitem(): dictionary is empty'");
  return last;
}

/** The methods of `dict` that change it or make another. */
export const NATIVES: readonly Native<Dict>[] = [
  native("clear", "", (_rt, dict) => {
    dict.clear();
    return null;
  }),
  native("copy", "", (rt, dict) => {
    const copy = new Dict();
    updateDict(copy, "copy", { positional: [dict], named: undefined }, rt);
    return copy;
  }),
  native("fromkeys", "iterable, value=, /", (rt, _dict, iterable = null, value = null) => {
    const dict = new Dict();
    for (const key of items(iterable, rt)) dict.set(key, value, rt);
    return dict;
  }),
  native("pop", "key, default=, /", (rt, dict, key = null, otherwise) => {
    const value = dict.get(key, rt);
    if (value === undefined && otherwise === undefined) throw new PythonError("key_error", repr(key, rt));
    dict.delete(key, rt);
    return value === undefined ? (otherwise as Value) : value;
  }),
  native("popitem", "", (rt, dict) => {
    rt.meter.reserveElements(dict.size);
    const entry = lastEntry(dict);
    dict.delete(entry[0], rt);
    return new Tuple(entry);
  }),
  native("setdefault", "key, default=, /", (rt, dict, key = null, otherwise = null) => {
    const known = dict.get(key, rt);
    if (known !== undefined) return known;
    rt.meter.spend(1);
    dict.set(key, otherwise, rt);
    return otherwise;
  }),
  variadic("update", (rt, dict, args) => {
    updateDict(dict, "update", args, rt);
    return null;
  }),
];
