import { repeatText } from "../operators/repeat.ts";
import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength } from "../text/code-points.ts";
import { toSize, toStr } from "../values/conversions.ts";
import { typeError } from "../values/python-error.ts";
import { countOccurrences } from "./text-change.ts";

/** `str.center`, `ljust` and `rjust`: `before` answers how much of the padding goes before the text. */
export function padText(
  rt: Runtime,
  text: string,
  width: number,
  fill: string,
  before: (missing: number, width: number) => number,
): string {
  rt.meter.walkText(text.length);
  const missing = width - pythonLength(text);
  if (missing <= 0) return text;
  rt.meter.reserveText(text.length + missing * fill.length);
  const left = before(missing, width);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/** Python centers an odd rest to the left in an even width and to the right in an odd one. */
export function centered(missing: number, width: number): number {
  return Math.floor(missing / 2) + (missing & width & 1);
}

function padder(name: string, before: (missing: number, width: number) => number): Native<string> {
  return native(name, "width, fillchar=, /", (rt, text, width = 0, fillchar = " ") => {
    const fill = toStr(fillchar, "The fill character");
    if (pythonLength(fill) !== 1) throw typeError("The fill character must be exactly one character long");
    return padText(rt, text, toSize(width), fill, before);
  });
}

function expandTabs(rt: Runtime, text: string, tabSize: number): string {
  rt.meter.reserveText(text.length + countOccurrences(text, "\t", rt) * Math.max(0, tabSize - 1));
  let expanded = "";
  let column = 0;
  for (const character of text) {
    rt.meter.tick();
    if (character === "\t") {
      const width = tabSize > 0 ? tabSize - (column % tabSize) : 0;
      expanded += " ".repeat(width);
      column += width;
    } else {
      expanded += character;
      column = character === "\n" || character === "\r" ? 0 : column + 1;
    }
  }
  return expanded;
}

function fillZeros(rt: Runtime, text: string, width: number): string {
  const missing = width - pythonLength(text);
  if (missing <= 0) return text;
  const sign = text.startsWith("+") || text.startsWith("-") ? text.charAt(0) : "";
  return sign + repeatText("0", missing, rt) + text.slice(sign.length);
}

/** Methods of `str` that add or take away what stands before or behind a text. */
export const TEXT_PAD_METHODS: readonly Native<string>[] = [
  padder("center", centered),
  padder("ljust", () => 0),
  padder("rjust", (missing) => missing),
  native("zfill", "width, /", (rt, text, width = 0) => fillZeros(rt, text, toSize(width))),
  native("expandtabs", "tabsize=", (rt, text, tabsize = 8) => expandTabs(rt, text, toSize(tabsize))),
  native("removeprefix", "prefix, /", (_rt, text, prefix = null) => {
    const affix = toStr(prefix, "removeprefix() argument");
    return text.startsWith(affix) ? text.slice(affix.length) : text;
  }),
  native("removesuffix", "suffix, /", (_rt, text, suffix = null) => {
    const affix = toStr(suffix, "removesuffix() argument");
    return affix !== "" && text.endsWith(affix) ? text.slice(0, -affix.length) : text;
  }),
];
