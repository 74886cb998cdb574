import type { Argument } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { characterAt, characterBefore, pythonLength } from "../text/code-points.ts";
import { chargeSearch } from "../text/search-cost.ts";
import { skipSpaces, skipSpacesBack } from "../text/whitespace.ts";
import { toStr } from "../values/conversions.ts";

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
  let start = 0;
  let end = text.length;
  if (sides !== "right") {
    for (let first = characterAt(text, start); set.has(first); first = characterAt(text, start)) {
      rt.meter.tick();
      start += first.length;
    }
  }
  if (sides !== "left") {
    for (
      let last = characterBefore(text, end);
      end > start && set.has(last);
      last = characterBefore(text, end)
    ) {
      rt.meter.tick();
      end -= last.length;
    }
  }
  return text.slice(start, end);
}

/** How often `part` occurs in the text without overlaps. An empty one occurs around every character. */
export function countOccurrences(text: string, part: string, rt: Runtime): number {
  chargeSearch(rt.meter, text, part);
  if (part === "") return pythonLength(text) + 1;
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
    rt.meter.tick();
    count++;
  }
  return count;
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
  if (old === "") return interleave(text, replacement, times, rt);
  let replaced = "";
  let from = 0;
  for (let time = 0; time < times; time++) {
    rt.meter.tick();
    const at = text.indexOf(old, from);
    replaced += text.slice(from, at) + replacement;
    from = at + old.length;
  }
  return replaced + text.slice(from);
}

/** Python finds the empty text before every character and at the end. */
function interleave(text: string, replacement: string, times: number, rt: Runtime): string {
  let replaced = "";
  let at = 0;
  for (let time = 0; time < times; time++) {
    rt.meter.tick();
    const character = characterAt(text, at);
    replaced += replacement + character;
    at += character.length;
  }
  return replaced + text.slice(at);
}
