import { attributeOf } from "../operators/subscript.ts";
import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { stripTags } from "../text/html.ts";
import { softText, toStr } from "../values/conversions.ts";
import { Dict } from "../values/dict.ts";
import { items, toList, tryIterate } from "../values/iteration.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { valueError } from "../values/python-error.ts";
import { quote, str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import { objectName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { prettyPrint } from "./pretty-print.ts";

function escapeOnce(rt: Runtime, value: Value): Value {
  if (value instanceof Markup) return value;
  return escapeAnyway(rt, value);
}

function escapeAnyway(rt: Runtime, value: Value): Value {
  const text = str(value, rt);
  // One character becomes five at most.
  rt.meter.reserveText(text.length);
  const escaped = escapeHtml(text);
  rt.meter.reserveText(escaped.length);
  return new Markup(escaped);
}

/** Percent-encodes all but letters, digits, `_.-~` and, unless for a query, `/`. */
function quoteUrl(rt: Runtime, value: Value, forQuery: boolean): string {
  const text = str(value, rt);
  if (!text.isWellFormed()) throw valueError("'utf-8' codec can't encode characters: surrogates not allowed");
  rt.meter.reserveText(text.length);
  const encoded = encodeURIComponent(text).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  rt.meter.reserveText(encoded.length);
  return forQuery ? encoded.replaceAll("%20", "+") : encoded.replaceAll("%2F", "/");
}

function urlEncode(rt: Runtime, value: Value): string {
  const isText = typeof value === "string" || value instanceof Markup;
  if (isText || !tryIterate(value, rt)) return quoteUrl(rt, value, false);
  const pairs = value instanceof Dict ? value.entries() : items(value, rt);
  const parts: string[] = [];
  for (const pair of pairs) {
    const [key, item, ...rest] = Array.isArray(pair) ? pair : toList(pair, rt);
    if (key === undefined || item === undefined) throw valueError("not enough values to unpack (expected 2)");
    if (rest.length > 0) throw valueError("too many values to unpack (expected 2)");
    const part = `${quoteUrl(rt, key, true)}=${quoteUrl(rt, item, true)}`;
    rt.meter.reserveText(part.length);
    parts.push(part);
  }
  return parts.join("&");
}

function attribute(rt: Runtime, value: Value, name: Value): Value {
  const wanted = toStr(name, "attribute name");
  const found = attributeOf(value, wanted, rt);
  if (found !== undefined) return found;
  return rt.undefined({ owner: objectName(value), name: quote(wanted), attribute: true });
}

export const ESCAPING_FILTERS: readonly Native[] = [
  native("escape", "", escapeOnce),
  native("e", "", escapeOnce),
  native("forceescape", "", escapeAnyway),
  native("safe", "", (rt, value) => new Markup(softText(value, rt))),
  native("striptags", "", (rt, value) => stripTags(str(value, rt), rt.meter)),
  native("urlencode", "", urlEncode),
  native("pprint", "", (rt, value) => prettyPrint(value, rt)),
  native("attr", "name", (rt, value, name = null) => attribute(rt, value, name)),
  native("default", "default_value=, boolean=", (rt, value, otherwise = "", boolean = false) =>
    value instanceof Undefined || (isTrue(boolean, rt) && !isTrue(value, rt)) ? otherwise : value,
  ),
  native("d", "default_value=, boolean=", (rt, value, otherwise = "", boolean = false) =>
    value instanceof Undefined || (isTrue(boolean, rt) && !isTrue(value, rt)) ? otherwise : value,
  ),
];
