import { arithmetic } from "../operators/arithmetic.ts";
import { getItem } from "../operators/subscript.ts";
import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { toIndex, toSize } from "../values/conversions.ts";
import { Dict } from "../values/dict.ts";
import { requireItems } from "../values/dict-building.ts";
import { equals } from "../values/equality.ts";
import { Group } from "../values/group.ts";
import { items, lazily, length, toList } from "../values/iteration.ts";
import { Markup } from "../values/markup.ts";
import { compareOrder } from "../values/ordering.ts";
import { PythonError, runtimeError, typeError } from "../values/python-error.ts";
import { sortByKeys } from "../values/sorting.ts";
import { str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import { Tuple } from "../values/tuple.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { attributeGetter, type Getter, ignoreCase } from "./attribute-getter.ts";
import { reverse } from "./reverse.ts";

function random(rt: Runtime, value: Value): Value {
  const size = length(value, rt);
  if (size === 0) return rt.undefined({ hint: "No random item, sequence was empty." });
  const index = Math.floor(rt.options.random() * size);
  if (value instanceof Dict) {
    const item = value.get(index, rt);
    if (item === undefined) throw new PythonError("key_error", String(index));
    return item;
  }
  return getItem(value, index, rt);
}

function* unique(rt: Runtime, value: Value, caseSensitive: Value, attribute: Value): Generator<Value> {
  const getter = attributeGetter(rt, attribute, { ignoreCase: !isTrue(caseSensitive, rt) });
  const seen = new Dict();
  for (const item of items(value, rt)) {
    const key = getter(item);
    if (seen.has(key, rt)) continue;
    seen.set(key, null, rt);
    yield item;
  }
}

function extreme(
  rt: Runtime,
  operator: "<" | ">",
  value: Value,
  caseSensitive: Value,
  attribute: Value,
): Value {
  const getter = attributeGetter(rt, attribute, { ignoreCase: !isTrue(caseSensitive, rt) });
  let best: { item: Value; key: Value } | undefined;
  for (const item of items(value, rt)) {
    const key = getter(item);
    if (!best || compareOrder(operator, key, best.key, rt)) best = { item, key };
  }
  return best ? best.item : rt.undefined({ hint: "No aggregated item, sequence was empty." });
}

function groupBy(
  rt: Runtime,
  value: Value,
  attribute: Value,
  otherwise: Value,
  caseSensitive: Value,
): Value[] {
  const exact = attributeGetter(rt, attribute, { default: otherwise });
  const getter = attributeGetter(rt, attribute, {
    default: otherwise,
    ignoreCase: !isTrue(caseSensitive, rt),
  });
  const groups: { key: Value; members: Value[] }[] = [];
  for (const item of sortByKeys(toList(value, rt), getter, false, rt)) {
    const key = getter(item);
    const group = groups.at(-1);
    if (group && equals(group.key, key, rt)) group.members.push(item);
    else groups.push({ key, members: [item] });
  }
  // The first member's own key names the group, not the one in lower case.
  return groups.map(({ members }) => new Group([exact(members[0] as Value), members]));
}

function sum(rt: Runtime, value: Value, attribute: Value, start: Value): Value {
  if (typeof start === "string" || start instanceof Markup) {
    throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
  }
  const getter = attributeGetter(rt, attribute);
  let total: Value = start;
  for (const item of items(value, rt)) total = arithmetic("+", total, getter(item), rt);
  return total;
}

function* slices(rt: Runtime, value: Value, count: number, fill: Value): Generator<Value> {
  const list = toList(value, rt);
  if (count === 0) throw new PythonError("zero_division_error", "integer division or modulo by zero");
  const size = Math.floor(list.length / count);
  const longer = list.length - size * count;
  let start = 0;
  for (let index = 0; index < count; index++) {
    rt.meter.spend(1);
    const end = start + size + (index < longer ? 1 : 0);
    const part = list.slice(start, end);
    if (fill !== null && index >= longer) part.push(fill);
    start = end;
    yield part;
  }
}

function* batches(rt: Runtime, value: Value, count: Value, fill: Value): Generator<Value> {
  let batch: Value[] = [];
  for (const item of items(value, rt)) {
    if (equals(batch.length, count, rt)) {
      yield batch;
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length === 0) return;
  if (fill !== null && compareOrder("<", batch.length, count, rt)) {
    const size = toSize(count);
    rt.meter.reserveElements(size);
    while (batch.length < size) batch.push(fill);
  }
  yield batch;
}

function sorted(rt: Runtime, value: Value, caseSensitive: Value, by: Value, reverse: Value): Value[] {
  if (by !== "key" && by !== "value") throw runtimeError('You can only sort by either "key" or "value"');
  const position = by === "key" ? 0 : 1;
  const exact = isTrue(caseSensitive, rt);
  const keyOf = (entry: [Value, Value]) => (exact ? entry[position] : ignoreCase(entry[position], rt));
  const entries = [...requireItems(value).entries()];
  return sortByKeys(entries, keyOf, toIndex(reverse) !== 0, rt).map((entry) => new Tuple(entry));
}

function* itemPairs(value: Value): Generator<Value> {
  if (value instanceof Undefined) return;
  if (!(value instanceof Dict)) throw typeError("Can only get item pairs from a mapping.");
  for (const entry of value.entries()) yield new Tuple(entry);
}

/** A function that answers several attributes, separated by commas, as a list to sort by. */
function sortKeyGetter(rt: Runtime, attribute: Value, ignoringCase: boolean): Getter {
  const isText = typeof attribute === "string" || attribute instanceof Markup;
  const names: Value[] = isText ? str(attribute, rt).split(",") : [attribute];
  const getters = names.map((name) => attributeGetter(rt, name, { ignoreCase: ignoringCase }));
  return (item) => getters.map((getter) => getter(item));
}

/** Filters that group, cut, add up or pick from collections. */
export const NATIVES: readonly Native[] = [
  native(
    "sort",
    "reverse=, case_sensitive=, attribute=",
    (rt, value, reversed = false, caseSensitive = false, attribute = null) => {
      const key = sortKeyGetter(rt, attribute, !isTrue(caseSensitive, rt));
      return sortByKeys(toList(value, rt), key, toIndex(reversed) !== 0, rt);
    },
  ),
  native("random", "", random),
  native("reverse", "", reverse),
  native("unique", "case_sensitive=, attribute=", (rt, value, caseSensitive = false, attribute = null) =>
    lazily(() => unique(rt, value, caseSensitive, attribute)),
  ),
  native("min", "case_sensitive=, attribute=", (rt, value, caseSensitive = false, attribute = null) =>
    extreme(rt, "<", value, caseSensitive, attribute),
  ),
  native("max", "case_sensitive=, attribute=", (rt, value, caseSensitive = false, attribute = null) =>
    extreme(rt, ">", value, caseSensitive, attribute),
  ),
  native(
    "groupby",
    "attribute, default=, case_sensitive=",
    (rt, value, attribute = null, otherwise = null, caseSensitive = false) =>
      groupBy(rt, value, attribute, otherwise, caseSensitive),
  ),
  native("sum", "attribute=, start=", (rt, value, attribute = null, start = 0) =>
    sum(rt, value, attribute, start),
  ),
  native("slice", "slices, fill_with=", (rt, value, count = null, fill = null) =>
    lazily(() => slices(rt, value, toSize(count), fill)),
  ),
  native("batch", "linecount, fill_with=", (rt, value, count = null, fill = null) =>
    lazily(() => batches(rt, value, count, fill)),
  ),
  native(
    "dictsort",
    "case_sensitive=, by=, reverse=",
    (rt, value, caseSensitive = false, by = "key", reverse = false) =>
      sorted(rt, value, caseSensitive, by, reverse),
  ),
  native("items", "", (_rt, value) => lazily(() => itemPairs(value))),
];
