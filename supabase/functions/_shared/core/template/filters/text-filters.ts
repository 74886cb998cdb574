import type { Meter } from "../budgets.ts";
import { replaceText, stripText } from "../methods/text-change.ts";
import { part } from "../parts/parts.ts";
import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { isSpace } from "../text/whitespace.ts";
import { likeText, softStr, softText, toSize } from "../values/conversions.ts";
import { str } from "../values/text.ts";
import type { Value } from "../values/value.ts";

/** A filter that answers the value as text in another case. */
export function recased(name: string, change: (text: string, meter: Meter) => string): Native {
  return native(name, "", (rt, value) => {
    const text = softStr(value, rt);
    const original = softText(text, rt);
    rt.meter.reserveText(original.length);
    const changed = change(original, rt.meter);
    rt.meter.reserveText(changed.length);
    return likeText(text, changed);
  });
}

/** Words begin behind these, whatever the letters are. */
function endsWord(code: number): boolean {
  return isSpace(code) || code === 45 || code === 40 || code === 123 || code === 91 || code === 60;
}

function title(text: string, meter: Meter): string {
  let titled = "";
  let at = 0;
  while (at < text.length) {
    meter.tick();
    let end = at;
    const separator = endsWord(text.charCodeAt(at));
    while (end < text.length && endsWord(text.charCodeAt(end)) === separator) end++;
    const item = text.slice(at, end);
    const first = String.fromCodePoint(item.codePointAt(0) ?? 0);
    titled += first.toUpperCase() + item.slice(first.length).toLowerCase();
    at = end;
  }
  return titled;
}

function replace(rt: Runtime, value: Value, old: Value, replacement: Value, count: Value): Value {
  const times = count === null ? -1 : toSize(count);
  if (rt.autoescape) return part("escaping").replaceEscaping(rt, value, old, replacement, times);
  return replaceText(rt, str(value, rt), str(old, rt), str(replacement, rt), times);
}

export const TEXT_FILTERS: readonly Native[] = [
  recased("lower", (text) => text.toLowerCase()),
  recased("upper", (text) => text.toUpperCase()),
  native("title", "", (rt, value) => {
    const text = softText(value, rt);
    rt.meter.reserveText(text.length);
    return title(text, rt.meter);
  }),
  native("trim", "chars=", (rt, value, chars = null) => {
    const text = softStr(value, rt);
    return likeText(text, stripText(rt, softText(text, rt), chars, "both"));
  }),
  native("replace", "old, new, count=", (rt, value, old = null, replacement = null, count = null) =>
    replace(rt, value, old, replacement, count),
  ),
];
