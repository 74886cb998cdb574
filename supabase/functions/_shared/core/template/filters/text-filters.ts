import { methodOf } from "../methods/method-tables.ts";
import { centered, padText, replaceText, stripText } from "../methods/text-change.ts";
import { arithmetic } from "../operators/arithmetic.ts";
import { repeatText } from "../operators/repeat.ts";
import { type CallArguments, NO_CALL_ARGUMENTS } from "../runtime/arguments.ts";
import { callNative, type Native, native, variadic } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { WORD_CHARACTERS } from "../text/classes.ts";
import { hasSurrogates, pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { splitLines } from "../text/split.ts";
import { isSpace } from "../text/whitespace.ts";
import { likeText, softStr, softText, toSize, toStr } from "../values/conversions.ts";
import { Dict } from "../values/dict.ts";
import { length } from "../values/iteration.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { PythonError, runtimeError, typeError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";

/** A filter that is a method of the value as text. */
function byMethod(name: string): Native {
  return native(name, "", (rt, value) => {
    const text = softStr(value, rt);
    const method = methodOf(text, name);
    return method ? callNative(method, rt, text, NO_CALL_ARGUMENTS) : text;
  });
}

/** Words begin behind these, whatever the letters are. */
function endsWord(code: number): boolean {
  return isSpace(code) || code === 45 || code === 40 || code === 123 || code === 91 || code === 60;
}

function title(text: string): string {
  let titled = "";
  let at = 0;
  while (at < text.length) {
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
  if (!rt.autoescape) return replaceText(rt, str(value, rt), str(old, rt), str(replacement, rt), times);
  const escapes = old instanceof Markup || (replacement instanceof Markup && !(value instanceof Markup));
  const text =
    escapes && !(value instanceof Markup) ? new Markup(escapeHtml(str(value, rt))) : softStr(value, rt);
  if (!(text instanceof Markup))
    return replaceText(rt, text, softText(old, rt), softText(replacement, rt), times);
  const safe = replacement instanceof Markup ? replacement.text : escapeHtml(str(replacement, rt));
  return new Markup(replaceText(rt, text.text, softText(old, rt), safe, times));
}

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
  const indention = value instanceof Markup && !(width instanceof Markup) ? escapeHtml(given) : given;
  const lines = splitLines(`${toStr(value, "value")}\n`);
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

function reverseText(rt: Runtime, text: string): string {
  rt.meter.reserveText(text.length);
  rt.meter.reserveElements(text.length);
  const characters = hasSurrogates(text) ? Array.from(text) : text.split("");
  return characters.reverse().join("");
}

/** `reverse` for texts. */
export function reversedText(rt: Runtime, value: string | Markup): Value {
  return likeText(value, reverseText(rt, toStr(value, "value")));
}

const WORD = new RegExp(`[${WORD_CHARACTERS}]+`, "gu");

export const TEXT_FILTERS: readonly Native[] = [
  byMethod("capitalize"),
  byMethod("lower"),
  byMethod("upper"),
  native("title", "", (rt, value) => {
    const text = softText(value, rt);
    rt.meter.reserveText(text.length);
    return title(text);
  }),
  native("trim", "chars=", (rt, value, chars = null) => {
    const text = softStr(value, rt);
    return likeText(text, stripText(rt, softText(text, rt), chars, "both"));
  }),
  native("center", "width=", (rt, value, width = 80) => {
    const text = softStr(value, rt);
    return likeText(text, padText(rt, softText(text, rt), toSize(width), " ", centered));
  }),
  native("replace", "old, new, count=", (rt, value, old = null, replacement = null, count = null) =>
    replace(rt, value, old, replacement, count),
  ),
  native(
    "truncate",
    "length=, killwords=, end=, leeway=",
    (rt, value, size = 255, killwords = false, end = "...", leeway = null) =>
      truncate(rt, value, size, killwords, end, leeway),
  ),
  native("indent", "width=, first=, blank=", (rt, value, width = 4, first = false, blank = false) =>
    indent(rt, value, width, first, blank),
  ),
  native("string", "", (rt, value) => softStr(value, rt)),
  native("wordcount", "", (rt, value) => {
    const text = softText(value, rt);
    rt.meter.walkText(text.length);
    let count = 0;
    for (const _word of text.matchAll(WORD)) count++;
    return count;
  }),
  variadic("format", format),
];
