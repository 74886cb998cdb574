import { repeatText } from "../operators/repeat.ts";
import { type Argument, type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength } from "../text/code-points.ts";
import { skipSpaces, skipSpacesBack } from "../text/whitespace.ts";
import { toSize, toStr } from "../values/conversions.ts";
import { typeError } from "../values/python-error.ts";
import { countOccurrences } from "./text-search.ts";

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

/** `str.strip` and its kin. */
export function stripText(
  rt: Runtime,
  text: string,
  chars: Argument,
  sides: "both" | "left" | "right",
): string {
  rt.meter.walkText(text.length);
  if (chars === undefined || chars === null) {
    const start = sides === "right" ? 0 : skipSpaces(text, 0);
    return text.slice(start, sides === "left" ? text.length : skipSpacesBack(text, text.length, start));
  }
  const set = new Set(toStr(chars, "strip arg"));
  const characters = Array.from(text);
  let start = 0;
  let end = characters.length;
  if (sides !== "right") while (start < end && set.has(characters[start] ?? "")) start++;
  if (sides !== "left") while (end > start && set.has(characters[end - 1] ?? "")) end--;
  return characters.slice(start, end).join("");
}

/** `str.replace(old, new, count)` */
export function replaceText(
  rt: Runtime,
  text: string,
  old: string,
  replacement: string,
  count: number,
): string {
  const occurrences = countOccurrences(text, old, rt);
  const times = count < 0 ? occurrences : Math.min(count, occurrences);
  if (times === 0) return text;
  rt.meter.reserveText(text.length + times * (replacement.length - old.length));
  if (old === "") return interleave(text, replacement, times);
  let replaced = "";
  let from = 0;
  for (let time = 0; time < times; time++) {
    const at = text.indexOf(old, from);
    replaced += text.slice(from, at) + replacement;
    from = at + old.length;
  }
  return replaced + text.slice(from);
}

/** Python finds the empty text before every character and at the end. */
function interleave(text: string, replacement: string, times: number): string {
  const characters = Array.from(text);
  let replaced = "";
  for (let time = 0; time < times; time++) replaced += replacement + (characters[time] ?? "");
  return replaced + characters.slice(times).join("");
}

function expandTabs(rt: Runtime, text: string, tabSize: number): string {
  rt.meter.reserveText(text.length + countOccurrences(text, "\t", rt) * Math.max(0, tabSize - 1));
  let expanded = "";
  let column = 0;
  for (const character of text) {
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

export const TEXT_CHANGE_METHODS: readonly Native<string>[] = [
  padder("center", centered),
  padder("ljust", () => 0),
  padder("rjust", (missing) => missing),
  native("zfill", "width, /", (rt, text, width = 0) => fillZeros(rt, text, toSize(width))),
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
