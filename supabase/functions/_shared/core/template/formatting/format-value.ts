import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { Float } from "../values/float.ts";
import { floatText } from "../values/float-text.ts";
import type { Integer } from "../values/integers.ts";
import { integerToFloat } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { typeError, valueError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { floatDigits } from "./float-format.ts";
import { type FormatSpec, parseFormatSpec, refuseParts } from "./format-spec.ts";
import { insertGroups } from "./grouping.ts";
import { characterOf, magnitudeText } from "./percent-conversions.ts";

/** `format(value, spec)` */
export function formatValue(value: Value, spec: string, rt: Runtime): string {
  if (spec === "") return str(value, rt);
  const parsed = parseFormatSpec(spec, rt);
  if (typeof value === "string") return formatText(value, parsed);
  if (value instanceof Markup) return formatText(value.text, parsed);
  if (value instanceof Float) return formatFloat(value.value, parsed);
  const number = asInteger(value);
  if (number !== undefined) return formatInteger(number, parsed);
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function unknownCode({ type }: FormatSpec, kind: string): never {
  throw valueError(`Unknown format code '${type}' for ${kind}`);
}

function formatText(text: string, spec: FormatSpec): string {
  if (spec.type !== "" && spec.type !== "s") unknownCode(spec, "a text");
  refuseParts(spec, "+z#,", "a text");
  if (spec.align === "=" && spec.fill !== "0") throw valueError("'=' cannot be used to format a text");
  const cut = spec.precision === undefined ? text : sliceCodePoints(text, 0, spec.precision);
  return pad(cut, spec, "<");
}

/** Pads on the sides the alignment says; `=` has been dealt with before. */
function pad(text: string, spec: FormatSpec, standard: string): string {
  const missing = Math.max(0, spec.width - pythonLength(text));
  const align = spec.align === "" || spec.align === "=" ? standard : spec.align;
  const before = align === ">" ? missing : align === "^" ? Math.floor(missing / 2) : 0;
  return spec.fill.repeat(before) + text + spec.fill.repeat(missing - before);
}

const RADIXES: Record<string, number> = { b: 2, o: 8, d: 10, n: 10, x: 16, X: 16 };

function formatInteger(value: Integer, spec: FormatSpec): string {
  const code = spec.type === "" ? "d" : spec.type;
  if ("eEfFgG%".includes(code)) return formatFloat(integerToFloat(value), { ...spec, type: code });
  const kind = `an integer as '${code}'`;
  if (code === "c") {
    refuseParts(spec, "+#,.", kind);
    return pad(characterOf(value), spec, "<");
  }
  const radix = Object.hasOwn(RADIXES, code) ? RADIXES[code] : undefined;
  if (radix === undefined) return unknownCode(spec, "an integer");
  const ungrouped = code === "n" || (radix !== 10 && spec.grouping === ",");
  refuseParts(spec, ungrouped ? "z,." : "z.", kind);
  const lower = magnitudeText(value, radix);
  const prefix = spec.alternate && radix !== 10 ? `0${code}` : "";
  const digits = code === "X" ? lower.toUpperCase() : lower;
  return layOut(value < 0, prefix, digits, "", spec, radix === 10 ? 3 : 4);
}

function formatFloat(value: number, spec: FormatSpec): string {
  const code = spec.type;
  if (!"eEfFgGn%".includes(code)) unknownCode(spec, "a float");
  if (code === "n") refuseParts(spec, ",", "a number as 'n'");
  const percent = code === "%";
  const digits = digitsOf(percent ? value * 100 : value, spec);
  const isZero = spec.noNegativeZero && !/[1-9a-z]/i.test(digits.split(/e/i)[0] ?? "");
  const negative = (value < 0 || Object.is(value, -0)) && !isZero;
  const end = /[^0-9]/.exec(digits)?.index ?? digits.length;
  const whole = Number.isFinite(value) ? digits.slice(0, end) : digits;
  const rest = Number.isFinite(value) ? digits.slice(end) : "";
  return layOut(negative, "", whole, rest + (percent ? "%" : ""), spec, 3);
}

function digitsOf(value: number, spec: FormatSpec): string {
  const { alternate, precision } = spec;
  if (spec.type === "") {
    if (precision !== undefined)
      return floatDigits(value, { type: "g", precision, alternate, dotZero: true });
    const text = floatText(Math.abs(value));
    return alternate && !text.includes(".") ? text.replace("e", ".e") : text;
  }
  const type = spec.type === "%" ? "f" : spec.type === "n" ? "g" : spec.type;
  return floatDigits(value, { type, precision: precision ?? 6, alternate });
}

/** Sign, prefix, digits with their separators, and what follows them, in the width asked for. */
function layOut(
  negative: boolean,
  prefix: string,
  whole: string,
  rest: string,
  spec: FormatSpec,
  groupSize: number,
): string {
  const sign = negative ? "-" : spec.sign === "-" ? "" : spec.sign;
  const zeros = spec.fill === "0" && spec.align === "=";
  const room = zeros ? spec.width - sign.length - prefix.length - rest.length : 0;
  const digits = insertGroups(whole, spec.grouping, groupSize, room);
  if (spec.align !== "=") return pad(sign + prefix + digits + rest, spec, ">");
  const missing = Math.max(0, spec.width - pythonLength(sign + prefix + digits + rest));
  return sign + prefix + spec.fill.repeat(missing) + digits + rest;
}
