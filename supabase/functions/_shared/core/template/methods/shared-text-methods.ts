import type { Meter } from "../budgets.ts";
import { part } from "../parts/parts.ts";
import { type Argument, type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { toSize, toStr } from "../values/conversions.ts";
import { items } from "../values/iteration.ts";
import { valueError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";

/** A method that makes a text of about the same length. */
export function recase(name: string, change: (text: string, meter: Meter) => string): Native<string> {
  return native(name, "", (rt, text) => {
    rt.meter.reserveText(text.length);
    const changed = change(text, rt.meter);
    rt.meter.reserveText(changed.length);
    return changed;
  });
}

/** `str.split` or `str.rsplit`; `charge` is what finding a separator costs. */
export function splitter(
  name: string,
  charge: (meter: Meter, text: string, separator: string) => void,
  bySpaces: (text: string, limit: number, meter: Meter) => string[],
  bySeparator: (text: string, separator: string, limit: number) => string[],
): Native<string> {
  return native(name, "sep=, maxsplit=", (rt, text, sep = null, maxsplit = -1) => {
    const most = toSize(maxsplit);
    const limit = most < 0 ? Number.POSITIVE_INFINITY : most;
    if (sep === null) {
      rt.meter.walkText(text.length);
      rt.meter.reserveElements(Math.min(text.length / 2, limit));
      return bySpaces(text, limit, rt.meter);
    }
    const separator = toStr(sep, `${name}() separator`);
    if (separator === "") throw valueError("empty separator");
    charge(rt.meter, text, separator);
    rt.meter.reserveElements(Math.min(text.length / separator.length, limit));
    return bySeparator(text, separator, limit);
  });
}

/** `separator.join(parts)`; `textOf` gives the text of each part or refuses it. */
export function joinTexts(
  rt: Runtime,
  separator: string,
  parts: Value,
  textOf: (part: Value, index: number) => string,
): string {
  let joined = "";
  let index = 0;
  for (const part of items(parts, rt)) {
    const text = textOf(part, index);
    rt.meter.reserveText(joined.length + separator.length + text.length);
    joined += index === 0 ? text : separator + text;
    index++;
  }
  return joined;
}

/** The part of a text that `start` and `end` leave to be searched. */
export interface Window {
  readonly text: string;
  /** Code points before it. */
  readonly offset: number;
  /** `start` lies behind the end of the text, where not even an empty text is found. */
  readonly beyond: boolean;
}

export function windowOf(text: string, start: Argument, end: Argument, rt: Runtime): Window {
  rt.meter.walkText(text.length);
  if (start === undefined && end === undefined) return { text, offset: 0, beyond: false };
  return part("slices").textWindow(text, start, end);
}
