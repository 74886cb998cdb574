import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { stripTags } from "../text/html.ts";
import { inPieces } from "../text/pieces.ts";
import { toStr } from "../values/conversions.ts";
import { Dict } from "../values/dict.ts";
import { requireItems } from "../values/dict-building.ts";
import { items, toList, tryIterate } from "../values/iteration.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { valueError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { escapeAnyway } from "./value-filters.ts";

/** Percent-encodes all but letters, digits, `_.-~` and, unless for a query, `/`. */
function quoteUrl(rt: Runtime, value: Value, forQuery: boolean): string {
  const text = str(value, rt);
  if (!text.isWellFormed()) throw valueError("'utf-8' codec can't encode characters: surrogates not allowed");
  rt.meter.reserveText(text.length);
  const encoded = inPieces(text, rt.meter, (piece) =>
    encodeURIComponent(piece).replace(forQuery ? /[!'()*]|%20/g : /[!'()*]|%2F/g, encodedAnew),
  );
  rt.meter.reserveText(encoded.length);
  return encoded;
}

/** What Python encodes and JavaScript does not, and what it writes otherwise. */
function encodedAnew(written: string): string {
  if (written === "%20") return "+";
  return written === "%2F" ? "/" : `%${written.charCodeAt(0).toString(16).toUpperCase()}`;
}

function urlEncode(rt: Runtime, value: Value): string {
  const isText = typeof value === "string" || value instanceof Markup;
  if (isText || !tryIterate(value, rt)) return quoteUrl(rt, value, false);
  const pairs = value instanceof Dict ? value.entries() : items(value, rt);
  const parts: string[] = [];
  for (const pair of pairs) {
    rt.meter.tick();
    const [key, item, ...rest] = Array.isArray(pair) ? pair : toList(pair, rt);
    if (key === undefined || item === undefined) throw valueError("not enough values to unpack (expected 2)");
    if (rest.length > 0) throw valueError("too many values to unpack (expected 2)");
    const part = `${quoteUrl(rt, key, true)}=${quoteUrl(rt, item, true)}`;
    rt.meter.reserveText(part.length);
    parts.push(part);
  }
  return parts.join("&");
}

function xmlAttributes(rt: Runtime, value: Value, autospace: Value): Value {
  const parts: string[] = [];
  for (const [key, item] of requireItems(value).entries()) {
    rt.meter.spend(1);
    if (item === null || item instanceof Undefined) continue;
    const name = toStr(key, "expected string or bytes-like object: an attribute name");
    if (/[ \t\n\r\f\v/>=]/.test(name)) throw valueError(`Invalid character in attribute name: '${name}'`);
    const escaped = (part: Value) =>
      part instanceof Markup ? part.text : escapeHtml(str(part, rt), rt.meter);
    const part = `${escaped(key)}="${escaped(item)}"`;
    rt.meter.reserveText(part.length);
    parts.push(part);
  }
  const joined = parts.join(" ");
  const text = isTrue(autospace, rt) && joined !== "" ? ` ${joined}` : joined;
  rt.meter.reserveText(text.length);
  return rt.autoescape ? new Markup(text) : text;
}

/** Filters for what is put into HTML or an address, but for `escape`. */
export const NATIVES: readonly Native[] = [
  native("forceescape", "", escapeAnyway),
  native("striptags", "", (rt, value) => stripTags(str(value, rt), rt.meter)),
  native("urlencode", "", urlEncode),
  native("xmlattr", "autospace=", (rt, value, autospace = true) => xmlAttributes(rt, value, autospace)),
];
