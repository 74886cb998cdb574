import { skipSpaces, skipSpacesBack } from "../text/whitespace.ts";
import { type Integer, integer, MAX_DIGITS } from "./integers.ts";

function strip(text: string): string {
  const start = skipSpaces(text, 0);
  return text.slice(start, skipSpacesBack(text, text.length, start));
}

/** Decimal digits of other scripts count as digits; they come in runs that begin with zero. */
function asciiDigits(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String((code - zero) % 10);
  });
}

const PREFIXES: Record<string, number> = { "0x": 16, "0o": 8, "0b": 2 };

/** `int(text, base)`, or undefined where Python raises a ValueError. */
export function parseIntegerText(text: string, base: number): Integer | undefined {
  if (!(base === 0 || (base >= 2 && base <= 36))) return undefined;
  const bare = strip(text);
  // More than the longest integer takes, with an underscore behind each digit.
  if (bare.length > 9 * MAX_DIGITS) return undefined;
  const stripped = asciiDigits(bare).toLowerCase();
  const negative = stripped.startsWith("-");
  const unsigned = negative || stripped.startsWith("+") ? stripped.slice(1) : stripped;
  const prefix = PREFIXES[unsigned.slice(0, 2)];
  const prefixed = prefix !== undefined && (base === 0 || base === prefix);
  const radix = base === 0 ? (prefix ?? 10) : base;
  let digits = prefixed ? unsigned.slice(2).replace(/^_/, "") : unsigned;
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/.test(digits)) return undefined;
  digits = digits.replaceAll("_", "");
  if (base === 0 && !prefixed && /^0+[1-9]/.test(digits)) return undefined;
  const magnitude = parseDigits(digits, radix);
  if (magnitude === undefined) return undefined;
  return integer(negative ? -magnitude : magnitude);
}

function parseDigits(digits: string, radix: number): bigint | undefined {
  const powerOfTwo = (radix & (radix - 1)) === 0;
  if (!powerOfTwo && digits.length > MAX_DIGITS) return undefined;
  if (digits.length > 4 * MAX_DIGITS) return undefined;
  let value = 0n;
  // Digits are taken in groups that a number holds exactly.
  const group = 9;
  for (let at = 0; at < digits.length; at += group) {
    const part = digits.slice(at, at + group);
    let number = 0;
    for (const character of part) {
      const digit = Number.parseInt(character, 36);
      if (digit >= radix) return undefined;
      number = number * radix + digit;
    }
    value = value * BigInt(radix) ** BigInt(part.length) + BigInt(number);
  }
  return value;
}

const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

/** `float(text)`, or undefined where Python raises a ValueError. */
export function parseFloatText(text: string): number | undefined {
  const stripped = asciiDigits(strip(text));
  if (FLOAT.test(stripped)) return Number(stripped.replaceAll("_", ""));
  const special = SPECIAL.exec(stripped);
  if (!special) return undefined;
  const magnitude = special[2]?.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
  return special[1] === "-" ? -magnitude : magnitude;
}
