import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { matches } from "../text/characters.ts";
import { WORD_CHARACTERS } from "../text/classes.ts";
import { pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { splitLines } from "../text/split-seldom.ts";
import { toSize, toStr } from "../values/conversions.ts";
import { Markup } from "../values/markup.ts";
import { PythonError, valueError } from "../values/python-error.ts";
import { isTrue } from "../values/truth.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";

/*
 * Python's `textwrap` cuts a line into chunks that are whitespace, words, parts of hyphenated words
 * and dashes between words, and then fills lines with them. Each alternative below looks around by a
 * few characters only, so cutting is linear.
 */
const SPACE = "\\t\\n\\v\\f\\r ";
/** What `[^\d\W]` matches in Python. */
const LETTER = `(?:(?!\\p{Nd})[${WORD_CHARACTERS}])`;
const CHUNK = new RegExp(
  [
    `[${SPACE}]+`,
    `(?<=[${WORD_CHARACTERS}!"'&.,?])-{2,}(?=[${WORD_CHARACTERS}])`,
    `[^${SPACE}]+?(?:` +
      `-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${LETTER}-))(?=${LETTER}-?${LETTER})` +
      `|(?=[${SPACE}]|$)` +
      `|(?<=[${WORD_CHARACTERS}!"'&.,?])(?=-{2,}[${WORD_CHARACTERS}]))`,
  ].join("|"),
  "gu",
);
const SIMPLE_CHUNK = new RegExp(`[${SPACE}]+|[^${SPACE}]+`, "g");

interface WrapOptions {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

function wrapLine(line: string, options: WrapOptions, rt: Runtime): string[] {
  const chunks = matches(line, options.breakOnHyphens ? CHUNK : SIMPLE_CHUNK, rt.meter).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    rt.meter.spend(1);
    const words = fillLine(chunks, lines.length > 0, options, rt);
    if (words.length > 0 && isBlank(words.at(-1))) words.pop();
    if (words.length > 0) lines.push(words.join(""));
  }
  return lines;
}

function isBlank(chunk: string | undefined): boolean {
  return chunk !== undefined && chunk.trim() === "";
}

/** Takes the chunks of one line from the end of `chunks`, which holds them in reverse. */
function fillLine(chunks: string[], dropBlank: boolean, options: WrapOptions, rt: Runtime): string[] {
  const words: string[] = [];
  let used = 0;
  if (dropBlank && isBlank(chunks.at(-1))) chunks.pop();
  for (let chunk = chunks.at(-1); chunk !== undefined; chunk = chunks.at(-1)) {
    rt.meter.spend(1);
    const size = pythonLength(chunk);
    if (used + size > options.width) {
      if (size > options.width) breakWord(chunk, chunks, words, options.width - used, options);
      break;
    }
    words.push(chunk);
    chunks.pop();
    used += size;
  }
  return words;
}

function breakWord(
  chunk: string,
  chunks: string[],
  words: string[],
  space: number,
  options: WrapOptions,
): void {
  if (!options.breakLongWords) {
    if (words.length === 0) words.push(chunks.pop() ?? "");
    return;
  }
  let end = space;
  if (options.breakOnHyphens) {
    const before = sliceCodePoints(chunk, 0, space);
    const hyphen = before.lastIndexOf("-");
    if (hyphen > 0 && /[^-]/.test(before.slice(0, hyphen))) end = pythonLength(before.slice(0, hyphen)) + 1;
  }
  const taken = sliceCodePoints(chunk, 0, end);
  words.push(taken);
  chunks[chunks.length - 1] = chunk.slice(taken.length);
}

function wordwrap(rt: Runtime, value: Value, separator: string, options: WrapOptions): Value {
  if (value instanceof Undefined) throw value.error();
  if (typeof value !== "string" && !(value instanceof Markup)) {
    throw new PythonError("attribute_error", `'${typeName(value)}' object has no attribute 'splitlines'`);
  }
  const text = toStr(value, "value");
  const lines = splitLines(text, rt.meter);
  if (lines.length > 0 && options.width <= 0)
    throw valueError(`invalid width ${options.width} (must be > 0)`);
  // At worst there is a line for every character.
  rt.meter.reserveText(text.length + Math.ceil(text.length / Math.max(1, options.width)) * separator.length);
  const wrapped = lines.map((line) => wrapLine(line, options, rt).join(separator)).join(separator);
  rt.meter.reserveText(wrapped.length);
  return wrapped;
}

export const NATIVES: readonly Native[] = [
  native(
    "wordwrap",
    "width=, break_long_words=, wrapstring=, break_on_hyphens=",
    (rt, value, width = 79, breakLongWords = true, wrapstring = null, breakOnHyphens = true) =>
      wordwrap(rt, value, wrapstring === null ? "\n" : toStr(wrapstring, "wrapstring"), {
        width: toSize(width),
        breakLongWords: isTrue(breakLongWords, rt),
        breakOnHyphens: isTrue(breakOnHyphens, rt),
      }),
  ),
];
