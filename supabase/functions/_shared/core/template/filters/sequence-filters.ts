import { arithmetic } from "../operators/arithmetic.ts";
import { getItem } from "../operators/subscript.ts";
import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { toIndex, toSize } from "../values/conversions.ts";
import { Dict } from "../values/dict.ts";
import { DictView } from "../values/dict-view.ts";
import { equals } from "../values/equality.ts";
import { items, iterate, length, toList, tryIterate } from "../values/iteration.ts";
import { LazyIterator, lazily } from "../values/lazy-iterator.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { compareOrder, sortByKeys } from "../values/ordering.ts";
import { PythonError, runtimeError, typeError } from "../values/python-error.ts";
import { Range } from "../values/range.ts";
import { str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import { Group, Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { attributeGetter, sortKeyGetter } from "./attribute-getter.ts";
import { reversedText } from "./text-filters.ts";

/** What can be walked from its end: everything with a length but sets. */
function isReversible(value: Value): boolean {
  const known =
    value instanceof Tuple || value instanceof Dict || value instanceof DictView || value instanceof Range;
  return (
    Array.isArray(value) ||
    typeof value === "string" ||
    value instanceof Markup ||
    value instanceof Undefined ||
    known
  );
}

function first(rt: Runtime, value: Value): Value {
  const next = iterate(value, rt).next();
  return next.done ? rt.undefined({ hint: "No first item, sequence was empty." }) : next.value;
}

function last(rt: Runtime, value: Value): Value {
  if (!isReversible(value)) throw typeError(`'${typeName(value)}' object is not reversible`);
  const item = toList(value, rt).at(-1);
  if (item === undefined) return rt.undefined({ hint: "No last item, sequence was empty." });
  return value instanceof Markup ? new Markup(str(item, rt)) : item;
}

function reverse(rt: Runtime, value: Value): Value {
  if (typeof value === "string" || value instanceof Markup) return reversedText(rt, value);
  if (!tryIterate(value, rt)) throw runtimeError("argument must be iterable");
  const reversed = toList(value, rt).reverse();
  const lazy = isReversible(value);
  return lazy
    ? new LazyIterator(reversed[Symbol.iterator](), `${typeName(value)}_reverseiterator`)
    : reversed;
}

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

function join(rt: Runtime, value: Value, separator: Value, attribute: Value): Value {
  const getter = attributeGetter(rt, attribute);
  const parts = toList(value, rt).map((item) => (attribute === null ? item : getter(item)));
  const escaping =
    rt.autoescape && (separator instanceof Markup || parts.some((part) => part instanceof Markup));
  const textOf = (part: Value) => {
    const text = str(part, rt);
    return escaping && !(part instanceof Markup) ? escapeHtml(text) : text;
  };
  const glue = textOf(separator);
  let joined = "";
  parts.forEach((part, index) => {
    const text = textOf(part);
    rt.meter.reserveText(joined.length + glue.length + text.length);
    joined += index === 0 ? text : glue + text;
  });
  return escaping ? new Markup(joined) : joined;
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

export const SEQUENCE_FILTERS: readonly Native[] = [
  native("length", "", (rt, value) => length(value, rt)),
  native("count", "", (rt, value) => length(value, rt)),
  native("list", "", (rt, value) => toList(value, rt)),
  native("first", "", first),
  native("last", "", last),
  native("reverse", "", reverse),
  native("random", "", random),
  native("join", "d=, attribute=", (rt, value, separator = "", attribute = null) =>
    join(rt, value, separator, attribute),
  ),
  native(
    "sort",
    "reverse=, case_sensitive=, attribute=",
    (rt, value, reversed = false, caseSensitive = false, attribute = null) => {
      const key = sortKeyGetter(rt, attribute, !isTrue(caseSensitive, rt));
      return sortByKeys(toList(value, rt), key, toIndex(reversed) !== 0, rt);
    },
  ),
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
];
