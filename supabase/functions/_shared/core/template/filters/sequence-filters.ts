import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { Dict } from "../values/dict.ts";
import { DictView } from "../values/dict-view.ts";
import { iterate, length, toList } from "../values/iteration.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { typeError } from "../values/python-error.ts";
import { Range } from "../values/range.ts";
import { str } from "../values/text.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { attributeGetter } from "./attribute-getter.ts";

/** What can be walked from its end: everything with a length but sets. */
export function isReversible(value: Value): boolean {
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

function join(rt: Runtime, value: Value, separator: Value, attribute: Value): Value {
  const getter = attributeGetter(rt, attribute);
  const parts = toList(value, rt).map((item) => (attribute === null ? item : getter(item)));
  const escaping =
    rt.autoescape && (separator instanceof Markup || parts.some((part) => part instanceof Markup));
  const textOf = (part: Value) => {
    const text = str(part, rt);
    return escaping && !(part instanceof Markup) ? escapeHtml(text, rt.meter) : text;
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

export const SEQUENCE_FILTERS: readonly Native[] = [
  native("length", "", (rt, value) => length(value, rt)),
  native("count", "", (rt, value) => length(value, rt)),
  native("list", "", (rt, value) => toList(value, rt)),
  native("first", "", first),
  native("last", "", last),
  native("join", "d=, attribute=", (rt, value, separator = "", attribute = null) =>
    join(rt, value, separator, attribute),
  ),
];
