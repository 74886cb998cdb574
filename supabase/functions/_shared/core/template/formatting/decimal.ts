/*
 * Decimal digits of floats, correctly rounded with ties to even on the float's exact binary value, as
 * Python's `round`, `%` and `format` do. (`toFixed` rounds ties up and stops at 1e21.)
 */

/** No float has more digits behind the point than this; further ones are zeros. */
const MAX_PLACES = 1100;

interface Binary {
  readonly mantissa: bigint;
  /** The value is `mantissa * 2 ** exponent`. */
  readonly exponent: number;
}

/** Splits a finite float, without its sign, into an integer and a power of two. */
function toBinary(value: number): Binary {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** `|value| * 10 ** places`, rounded to an integer. */
function scaled(value: number, places: number): bigint {
  const { mantissa, exponent } = toBinary(value);
  let numerator = mantissa;
  let denominator = 1n;
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  return divideHalfEven(numerator, denominator);
}

/** The quotient of two integers that are not negative, rounded half to even. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

/** `|value|` with so many digits behind the point. The value is finite. */
export function fixedDigits(value: number, places: number): string {
  const exact = Math.min(places, MAX_PLACES);
  const digits = scaled(value, exact)
    .toString()
    .padStart(exact + 1, "0");
  if (places === 0) return digits;
  const point = digits.length - exact;
  return `${digits.slice(0, point)}.${digits.slice(point).padEnd(places, "0")}`;
}

export interface ScientificDigits {
  /** So many digits as were asked for; the point belongs behind the first. */
  readonly digits: string;
  readonly exponent: number;
}

/** `|value|` as significant digits and a power of ten. The value is finite. */
export function scientificDigits(value: number, significant: number): ScientificDigits {
  if (value === 0) return { digits: "0".repeat(significant), exponent: 0 };
  const exact = Math.min(significant, MAX_PLACES);
  let exponent = Math.floor(Math.log10(Math.abs(value)));
  // The logarithm may be off by one, and rounding may add a digit.
  let digits = scaled(value, exact - 1 - exponent).toString();
  if (digits.length < exact) exponent -= 1;
  else if (digits.length > exact) exponent += 1;
  if (digits.length !== exact) digits = scaled(value, exact - 1 - exponent).toString();
  if (digits.length > exact) {
    digits = digits.slice(0, exact);
    exponent += 1;
  }
  return { digits: digits.padEnd(significant, "0"), exponent };
}

/** `round(value, places)` for a float; a negative number of places rounds to tens, hundreds and so on. */
export function roundFloat(value: number, places: number): number {
  if (!Number.isFinite(value) || places > 323) return value;
  if (places < -308) return value < 0 ? -0 : 0;
  const digits = scaled(value, places).toString();
  const rounded = Number(`${digits}e${-places}`);
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}
