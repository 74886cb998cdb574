import { sliceBounds } from "../operators/slice.ts";
import { type Argument, type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength, sliceCodePoints, toCodePointOffset } from "../text/code-points.ts";
import { chargeBackwardSearch, chargeSearch } from "../text/search-cost.ts";
import { toSize, toStr } from "../values/conversions.ts";
import { typeError, valueError } from "../values/python-error.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";

/** The part of a text that `start` and `end` leave to be searched. */
interface Window {
  readonly text: string;
  /** Code points before it. */
  readonly offset: number;
  /** `start` lies behind the end of the text, where not even an empty text is found. */
  readonly beyond: boolean;
}

function windowOf(text: string, start: Argument, end: Argument, rt: Runtime): Window {
  rt.meter.walkText(text.length);
  if (start === undefined && end === undefined) return { text, offset: 0, beyond: false };
  const length = pythonLength(text);
  const bounds = sliceBounds(length, start ?? null, end ?? null, null);
  const from = start === undefined || start === null ? 0 : toSize(start);
  return {
    text: sliceCodePoints(text, bounds.start, bounds.start + bounds.size),
    offset: bounds.start,
    beyond: from > length || bounds.start > endOf(length, end),
  };
}

function endOf(length: number, end: Argument): number {
  if (end === undefined || end === null) return length;
  const index = toSize(end);
  return index < 0 ? Math.max(0, index + length) : Math.min(index, length);
}

type Locate = (rt: Runtime, text: string, part: Value, start: Argument, end: Argument) => number;

const find: Locate = (rt, text, part, start, end) => {
  const window = windowOf(text, start, end, rt);
  const wanted = toStr(part, "find() argument");
  chargeSearch(rt.meter, window.text, wanted);
  const at = window.beyond ? -1 : window.text.indexOf(wanted);
  return at < 0 ? -1 : window.offset + toCodePointOffset(window.text, at);
};

const findLast: Locate = (rt, text, part, start, end) => {
  const window = windowOf(text, start, end, rt);
  const wanted = toStr(part, "rfind() argument");
  chargeBackwardSearch(rt.meter, window.text, wanted);
  const at = window.beyond ? -1 : window.text.lastIndexOf(wanted);
  return at < 0 ? -1 : window.offset + toCodePointOffset(window.text, at);
};

function indexBy(locate: Locate): Locate {
  return (rt, text, part, start, end) => {
    const at = locate(rt, text, part, start, end);
    if (at < 0) throw valueError("substring not found");
    return at;
  };
}

/** How often `part` occurs in the text without overlaps. An empty one occurs around every character. */
export function countOccurrences(text: string, part: string, rt: Runtime): number {
  chargeSearch(rt.meter, text, part);
  if (part === "") return pythonLength(text) + 1;
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

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

function locator(name: string, locate: Locate): Native<string> {
  return native(name, "sub, start=, end=, /", (rt, text, part = null, start, end) =>
    locate(rt, text, part, start, end),
  );
}

export const TEXT_SEARCH_METHODS: readonly Native<string>[] = [
  locator("find", find),
  locator("rfind", findLast),
  locator("index", indexBy(find)),
  locator("rindex", indexBy(findLast)),
  native("count", "sub, start=, end=, /", (rt, text, part = null, start, end) => {
    const window = windowOf(text, start, end, rt);
    return window.beyond ? 0 : countOccurrences(window.text, toStr(part, "count() argument"), rt);
  }),
  startsOrEnds("startsWith"),
  startsOrEnds("endsWith"),
];
