import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { toIndex, toStr } from "../values/conversions.ts";
import { Dict } from "../values/dict.ts";
import { lazily } from "../values/lazy-iterator.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { sortByKeys } from "../values/ordering.ts";
import { PythonError, runtimeError, typeError, valueError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { ignoreCase } from "./attribute-getter.ts";

function requireItems(value: Value): Dict {
  if (value instanceof Dict) return value;
  if (value instanceof Undefined) throw value.error();
  throw new PythonError("attribute_error", `'${typeName(value)}' object has no attribute 'items'`);
}

function sorted(rt: Runtime, value: Value, caseSensitive: Value, by: Value, reverse: Value): Value[] {
  if (by !== "key" && by !== "value") throw runtimeError('You can only sort by either "key" or "value"');
  const position = by === "key" ? 0 : 1;
  const exact = isTrue(caseSensitive, rt);
  const keyOf = (entry: [Value, Value]) => (exact ? entry[position] : ignoreCase(entry[position]));
  const entries = [...requireItems(value).entries()];
  return sortByKeys(entries, keyOf, toIndex(reverse) !== 0, rt).map((entry) => new Tuple(entry));
}

function* itemPairs(value: Value): Generator<Value> {
  if (value instanceof Undefined) return;
  if (!(value instanceof Dict)) throw typeError("Can only get item pairs from a mapping.");
  for (const entry of value.entries()) yield new Tuple(entry);
}

function xmlAttributes(rt: Runtime, value: Value, autospace: Value): Value {
  const parts: string[] = [];
  for (const [key, item] of requireItems(value).entries()) {
    rt.meter.spend(1);
    if (item === null || item instanceof Undefined) continue;
    const name = toStr(key, "expected string or bytes-like object: an attribute name");
    if (/[ \t\n\r\f\v/>=]/.test(name)) throw valueError(`Invalid character in attribute name: '${name}'`);
    const escaped = (part: Value) => (part instanceof Markup ? part.text : escapeHtml(str(part, rt)));
    const part = `${escaped(key)}="${escaped(item)}"`;
    rt.meter.reserveText(part.length);
    parts.push(part);
  }
  const joined = parts.join(" ");
  const text = isTrue(autospace, rt) && joined !== "" ? ` ${joined}` : joined;
  rt.meter.reserveText(text.length);
  return rt.autoescape ? new Markup(text) : text;
}

export const MAPPING_FILTERS: readonly Native[] = [
  native(
    "dictsort",
    "case_sensitive=, by=, reverse=",
    (rt, value, caseSensitive = false, by = "key", reverse = false) =>
      sorted(rt, value, caseSensitive, by, reverse),
  ),
  native("items", "", (_rt, value) => lazily(() => itemPairs(value))),
  native("xmlattr", "autospace=", (rt, value, autospace = true) => xmlAttributes(rt, value, autospace)),
];
