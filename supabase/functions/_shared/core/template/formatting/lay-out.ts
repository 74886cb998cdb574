import { pythonLength } from "../text/code-points.ts";
import { type Integer, integerText } from "../values/integers.ts";
import { overflowError } from "../values/python-error.ts";
import { floatDigits } from "./float-format.ts";
import type { FormatSpec } from "./format-value.ts";

/*
 * Numbers and texts in the width asked for, with sign and prefix: what `format` and `%` have in common.
 */

/** Pads on the sides the alignment says; `=` has been dealt with before. */
export function pad(text: string, spec: FormatSpec, standard: string): string {
  const missing = Math.max(0, spec.width - pythonLength(text));
  const align = spec.align === "" || spec.align === "=" ? standard : spec.align;
  const before = align === ">" ? missing : align === "^" ? Math.floor(missing / 2) : 0;
  return spec.fill.repeat(before) + text + spec.fill.repeat(missing - before);
}

/** Codes of types, and the base they write integers in. */
export const RADIXES: ReadonlyMap<string, number> = new Map([
  ["b", 2],
  ["o", 8],
  ["d", 10],
  ["n", 10],
  ["x", 16],
  ["X", 16],
]);

export function layOutInteger(value: Integer, code: string, spec: FormatSpec): string {
  const radix = RADIXES.get(code) ?? 10;
  const magnitude = value < 0 ? -value : value;
  const lower = radix === 10 ? integerText(magnitude) : magnitude.toString(radix);
  const digits = (code === "X" ? lower.toUpperCase() : lower).padStart(spec.precision ?? 0, "0");
  const prefix = spec.alternate && radix !== 10 ? `0${code}` : "";
  return layOut(value < 0, prefix, digits, "", spec, radix === 10 ? 3 : 4);
}

/** @param digits of the number without its sign */
export function layOutFloat(value: number, digits: string, behind: string, spec: FormatSpec): string {
  const isZero = spec.noNegativeZero && !/[1-9a-z]/i.test(digits.split(/e/i)[0] ?? "");
  const negative = (value < 0 || Object.is(value, -0)) && !isZero;
  const end = Number.isFinite(value) ? (/[^0-9]/.exec(digits)?.index ?? digits.length) : digits.length;
  return layOut(negative, "", digits.slice(0, end), digits.slice(end) + behind, spec, 3);
}

/** The digits of a float in one of the types `eEfFgG`. */
export function digitsIn(type: string, value: number, { precision = 6, alternate }: FormatSpec): string {
  return floatDigits(value, { type, precision, alternate });
}

/** Sign, prefix, digits with their separators, and what follows them. */
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

/** The character of a code point. */
export function characterOf(code: Integer): string {
  if (code < 0 || code > 0x10ffff) throw overflowError("%c arg not in range(0x110000)");
  return String.fromCodePoint(Number(code));
}

/**
 * Puts a separator between groups of digits and fills up to `width` with zeros, which are grouped too:
 * `1234` in a width of 10 is `00,001,234`.
 */
function insertGroups(digits: string, separator: string, size: number, width: number): string {
  if (separator === "") return digits.padStart(width, "0");
  let grouped = "";
  let rest = digits;
  while (rest.length > size) {
    grouped = separator + rest.slice(-size) + grouped;
    rest = rest.slice(0, -size);
  }
  grouped = rest + grouped;
  let inFirst = rest.length;
  while (grouped.length < width) {
    if (inFirst === size) {
      grouped = separator + grouped;
      inFirst = 0;
      // A number never begins with a separator: a zero goes before it even beyond the width.
      if (grouped.length >= width) return `0${grouped}`;
    }
    grouped = `0${grouped}`;
    inFirst++;
  }
  return grouped;
}
