import { type Native, native } from "../runtime/native.ts";
import { chargeSearch } from "../text/search-cost.ts";
import { splitBy, splitSpaces } from "../text/split.ts";
import { toSize, toStr } from "../values/conversions.ts";
import { Markup } from "../values/markup.ts";
import { typeError } from "../values/python-error.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { joinTexts, recase, splitter, windowOf } from "./shared-text-methods.ts";
import { replaceText, stripText } from "./text-change.ts";

function startsOrEnds(name: "startsWith" | "endsWith"): Native<string> {
  const python = name.toLowerCase();
  return native(python, "affix, start=, end=, /", (rt, text, affix = null, start, end) => {
    const window = windowOf(text, start, end, rt);
    const affixes = affix instanceof Tuple ? affix.items : [affix];
    return affixes.some((one) => {
      if (typeName(one) !== "str" && typeName(one) !== "Markup") {
        throw typeError(`${python} first arg must be str or a tuple of str, not ${typeName(one)}`);
      }
      const wanted = toStr(one, `${python} first arg`);
      rt.meter.spend(1);
      return !window.beyond && window.text[name](wanted);
    });
  });
}

function partText(part: Value, index: number): string {
  if (typeof part === "string") return part;
  if (part instanceof Markup) return part.text;
  throw typeError(`sequence item ${index}: expected str instance, ${typeName(part)} found`);
}

/** The methods of `str` that templates call most. */
export const TEXT_METHODS: readonly Native<string>[] = [
  recase("lower", (text) => text.toLowerCase()),
  recase("upper", (text) => text.toUpperCase()),
  native("strip", "chars=, /", (rt, text, chars) => stripText(rt, text, chars, "both")),
  native("lstrip", "chars=, /", (rt, text, chars) => stripText(rt, text, chars, "left")),
  native("rstrip", "chars=, /", (rt, text, chars) => stripText(rt, text, chars, "right")),
  native("replace", "old, new, count=, /", (rt, text, old = null, replacement = null, count = -1) =>
    replaceText(
      rt,
      text,
      toStr(old, "replace() argument 1"),
      toStr(replacement, "replace() argument 2"),
      toSize(count),
    ),
  ),
  splitter("split", chargeSearch, splitSpaces, splitBy),
  startsOrEnds("startsWith"),
  startsOrEnds("endsWith"),
  native("join", "iterable, /", (rt, text, iterable = null) => joinTexts(rt, text, iterable, partText)),
];
