import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { nonAsciiEscaped } from "../text/escape-character.ts";
import { toFloat } from "../values/conversions.ts";
import { Float } from "../values/float.ts";
import { type Integer, integerFromFloat } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { typeError } from "../values/python-error.ts";
import { repr, str } from "../values/text.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import type { FormatSpec } from "./format-spec.ts";
import { characterOf, digitsIn, layOutFloat, layOutInteger, pad } from "./lay-out.ts";

/** The text one `%…` stands for. `escapeText` makes text of a value safe where the format is markup. */
export function convertPercent(
  spec: FormatSpec,
  value: Value,
  rt: Runtime,
  escapeText: (text: string, value: Value) => string,
): string {
  const { type } = spec;
  switch (type) {
    case "s":
      return cutAndPad(escapeText(str(value, rt), value), spec);
    case "r":
      return cutAndPad(escapeText(repr(value, rt), null), spec);
    case "a":
      return cutAndPad(escapeText(nonAsciiEscaped(repr(value, rt)), null), spec);
    case "c":
      return cutAndPad(character(value), { ...spec, precision: undefined });
    case "d":
    case "i":
    case "u":
      return layOutInteger(wholePart(value), "d", spec);
    case "o":
    case "x":
    case "X": {
      const number = asInteger(value);
      if (number === undefined) throw wrongType(value, type, "an integer");
      return layOutInteger(number, type, spec);
    }
    default: {
      const number = toFloat(value, rt);
      return layOutFloat(number, digitsIn(type, number, spec), "", spec);
    }
  }
}

function wrongType(value: Value, type: string, wanted: string): Error {
  return typeError(`%${type} format: ${wanted} is required, not ${typeName(value)}`);
}

/** Texts are never filled with zeros. */
function cutAndPad(text: string, spec: FormatSpec): string {
  const { precision } = spec;
  const long = precision !== undefined && text.length > precision;
  return pad(long ? sliceCodePoints(text, 0, precision) : text, { ...spec, fill: " " }, ">");
}

function character(value: Value): string {
  const code = asInteger(value);
  if (code !== undefined) return characterOf(code);
  const text = value instanceof Markup ? value.text : value;
  if (typeof text !== "string" || pythonLength(text) !== 1) throw typeError("%c requires int or char");
  return text;
}

function wholePart(value: Value): Integer {
  const number = value instanceof Float ? integerFromFloat(Math.trunc(value.value)) : asInteger(value);
  if (number === undefined) throw wrongType(value, "d", "a real number");
  return number;
}
