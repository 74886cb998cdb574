import { centered, padText } from "../methods/text-pad.ts";
import { arithmetic } from "../operators/arithmetic.ts";
import { repeatText } from "../operators/repeat.ts";
import { type CallArguments, type Native, native, variadic } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { capitalizeText } from "../text/case.ts";
import { WORD_CHARACTERS } from "../text/classes.ts";
import { pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { splitLines } from "../text/split-seldom.ts";
import { likeText, softStr, softText, toSize, toStr } from "../values/conversions.ts";
import { Dict } from "../values/dict.ts";
import { length } from "../values/iteration.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { PythonError, runtimeError, typeError } from "../values/python-error.ts";
import { isTrue } from "../values/truth.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { recased } from "./text-filters.ts";

function truncate(
  rt: Runtime,
  value: Value,
  size: Value,
  killwords: Value,
  end: Value,
  leeway: Value,
): Value {
  const limit = toSize(size);
  const ending = toStr(end, "end");
  const endSize = pythonLength(ending);
  const slack = leeway === null ? 5 : toSize(leeway);
  if (limit < endSize) throw assertion(`expected length >= ${endSize}, got ${limit}`);
  if (slack < 0) throw assertion(`expected leeway >= 0, got ${slack}`);
  if (length(value, rt) <= limit + slack) return value;
  const text = toStr(value, "the value to truncate");
  const cut = sliceCodePoints(text, 0, limit - endSize);
  if (isTrue(killwords, rt)) return likeText(value, cut + ending);
  const space = cut.lastIndexOf(" ");
  return likeText(value, (space < 0 ? cut : cut.slice(0, space)) + ending);
}

function assertion(message: string): PythonError {
  return new PythonError("value_error", message);
}

function indent(rt: Runtime, value: Value, width: Value, first: Value, blank: Value): Value {
  if (value instanceof Undefined) throw value.error();
  if (typeof value !== "string" && !(value instanceof Markup)) {
    throw typeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`);
  }
  const isText = typeof width === "string" || width instanceof Markup;
  const given = isText ? toStr(width, "width") : repeatText(" ", toSize(width), rt);
  const indention =
    value instanceof Markup && !(width instanceof Markup) ? escapeHtml(given, rt.meter) : given;
  const lines = splitLines(`${toStr(value, "value")}\n`, rt.meter);
  rt.meter.reserveText(toStr(value, "value").length + lines.length * (indention.length + 1));
  const blanks = isTrue(blank, rt);
  const rest = lines.slice(1).map((line) => (line !== "" || blanks ? indention + line : line));
  const text = [lines[0] ?? "", ...rest].join("\n");
  return likeText(value, isTrue(first, rt) ? indention + text : text);
}

function format(rt: Runtime, value: Value, args: CallArguments): Value {
  const { positional, named } = args;
  if (positional.length > 0 && named?.size) {
    throw runtimeError("can't handle positional and keyword arguments at the same time");
  }
  const argument = named?.size ? Dict.fromStrings(named) : new Tuple(positional);
  return arithmetic("%", softStr(value, rt), argument, rt);
}

const WORD = new RegExp(`[${WORD_CHARACTERS}]+`, "gu");

/** Filters that lay a text out, or count its words. */
export const NATIVES: readonly Native[] = [
  recased("capitalize", capitalizeText),
  native("center", "width=", (rt, value, width = 80) => {
    const text = softStr(value, rt);
    return likeText(text, padText(rt, softText(text, rt), toSize(width), " ", centered));
  }),
  native(
    "truncate",
    "length=, killwords=, end=, leeway=",
    (rt, value, size = 255, killwords = false, end = "...", leeway = null) =>
      truncate(rt, value, size, killwords, end, leeway),
  ),
  native("indent", "width=, first=, blank=", (rt, value, width = 4, first = false, blank = false) =>
    indent(rt, value, width, first, blank),
  ),
  native("wordcount", "", (rt, value) => {
    const text = softText(value, rt);
    rt.meter.walkText(text.length);
    let count = 0;
    for (const _word of text.matchAll(WORD)) {
      rt.meter.tick();
      count++;
    }
    return count;
  }),
  variadic("format", format),
];
