import { type Argument, type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength } from "../text/code-points.ts";
import { chargeBackwardSearch, chargeSearch } from "../text/search-cost.ts";
import { toStr } from "../values/conversions.ts";
import { valueError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";
import { windowOf } from "./shared-text-methods.ts";
import { countOccurrences } from "./text-change.ts";

/** Turns an offset in UTF-16 units into one in code points. */
function toCodePointOffset(text: string, offset: number): number {
  return offset <= 0 ? offset : pythonLength(text.slice(0, offset));
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

function locator(name: string, locate: Locate): Native<string> {
  return native(name, "sub, start=, end=, /", (rt, text, part = null, start, end) =>
    locate(rt, text, part, start, end),
  );
}

/** Methods of `str` that say where or how often something stands in a text. */
export const TEXT_FIND_METHODS: readonly Native<string>[] = [
  locator("find", find),
  locator("rfind", findLast),
  locator("index", indexBy(find)),
  locator("rindex", indexBy(findLast)),
  native("count", "sub, start=, end=, /", (rt, text, part = null, start, end) => {
    const window = windowOf(text, start, end, rt);
    return window.beyond ? 0 : countOccurrences(window.text, toStr(part, "count() argument"), rt);
  }),
];
