import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { nonAsciiEscaped } from "../text/escape-character.ts";
import { toFloat } from "../values/conversions.ts";
import { Float } from "../values/float.ts";
import { type Integer, integerFromFloat, integerText } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { overflowError, typeError } from "../values/python-error.ts";
import { repr, str } from "../values/text.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { floatDigits } from "./float-format.ts";
import type { PercentSpec } from "./percent-format.ts";

/** The text one `%…` stands for. `escapeText` makes text of a value safe where the format is markup. */
export function convertPercent(
  spec: PercentSpec,
  value: Value,
  rt: Runtime,
  escapeText: (text: string, value: Value) => string,
): string {
  switch (spec.conversion) {
    case "s":
      return padText(truncate(escapeText(str(value, rt), value), spec), spec);
    case "r":
      return padText(truncate(escapeText(repr(value, rt), null), spec), spec);
    case "a":
      return padText(truncate(escapeText(nonAsciiEscaped(repr(value, rt)), null), spec), spec);
    case "c":
      return padText(character(value), spec);
    case "d":
    case "i":
    case "u":
      return padNumber(integerPart(value), spec);
    case "o":
    case "x":
    case "X":
      return padNumber(radixPart(value, spec), spec);
    default:
      return padNumber(floatPart(value, spec, rt), spec);
  }
}

/** A number cut into what padding with zeros must keep apart. */
interface NumberParts {
  readonly negative: boolean;
  readonly prefix: string;
  readonly digits: string;
  readonly isInteger: boolean;
}

function truncate(text: string, { precision }: PercentSpec): string {
  return precision === undefined || text.length <= precision ? text : sliceCodePoints(text, 0, precision);
}

function padText(text: string, { flags, width }: PercentSpec): string {
  const fill = " ".repeat(Math.max(0, width - pythonLength(text)));
  return flags.includes("-") ? text + fill : fill + text;
}

function padNumber({ negative, prefix, digits, isInteger }: NumberParts, spec: PercentSpec): string {
  const { flags, width, precision } = spec;
  const sign = negative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  let body = isInteger ? digits.padStart(precision ?? 0, "0") : digits;
  if (flags.includes("0") && !flags.includes("-"))
    body = body.padStart(width - sign.length - prefix.length, "0");
  return padText(sign + prefix + body, spec);
}

function character(value: Value): string {
  const code = asInteger(value);
  if (code !== undefined) return characterOf(code);
  const text = value instanceof Markup ? value.text : value;
  if (typeof text !== "string" || pythonLength(text) !== 1) throw typeError("%c requires int or char");
  return text;
}

export function characterOf(code: Integer): string {
  if (code < 0 || code > 0x10ffff) throw overflowError("%c arg not in range(0x110000)");
  return String.fromCodePoint(Number(code));
}

function integerPart(value: Value): NumberParts {
  let number = asInteger(value);
  if (value instanceof Float) number = integerFromFloat(Math.trunc(value.value));
  if (number === undefined) throw typeError(`%d format: a real number is required, not ${typeName(value)}`);
  return { negative: number < 0, prefix: "", digits: magnitudeText(number, 10), isInteger: true };
}

const RADIXES: Record<string, number> = { o: 8, x: 16, X: 16 };

function radixPart(value: Value, { conversion, flags }: PercentSpec): NumberParts {
  const number = asInteger(value);
  if (number === undefined) {
    throw typeError(`%${conversion} format: an integer is required, not ${typeName(value)}`);
  }
  const lower = magnitudeText(number, RADIXES[conversion] ?? 10);
  const digits = conversion === "X" ? lower.toUpperCase() : lower;
  return {
    negative: number < 0,
    prefix: flags.includes("#") ? `0${conversion}` : "",
    digits,
    isInteger: true,
  };
}

export function magnitudeText(value: Integer, radix: number): string {
  const magnitude = value < 0 ? -value : value;
  return radix === 10 ? integerText(magnitude) : magnitude.toString(radix);
}

function floatPart(value: Value, spec: PercentSpec, rt: Runtime): NumberParts {
  const number = toFloat(value, rt);
  const alternate = spec.flags.includes("#");
  const digits = floatDigits(number, { type: spec.conversion, precision: spec.precision ?? 6, alternate });
  return { negative: number < 0 || Object.is(number, -0), prefix: "", digits, isInteger: false };
}
