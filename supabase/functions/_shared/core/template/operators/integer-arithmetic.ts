import type { Meter } from "../budgets.ts";
import { type Integer, integer, negateInteger } from "../values/integers.ts";
import { budgetError, overflowError } from "../values/python-error.ts";

/** Longest integer, in bits, that arithmetic may make. */
const MAX_BITS = 65_536;

export function addIntegers(left: Integer, right: Integer): Integer {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return bounded(BigInt(left) + BigInt(right));
}

export function subtractIntegers(left: Integer, right: Integer): Integer {
  return addIntegers(left, negateInteger(right));
}

export function multiplyIntegers(left: Integer, right: Integer, meter: Meter): Integer {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  meter.spend(1);
  checkBits(bitLength(left) + bitLength(right));
  return integer(BigInt(left) * BigInt(right));
}

/** `divmod`: the quotient is rounded down and the remainder has the divisor's sign. */
export function divideIntegers(left: Integer, right: Integer): [quotient: Integer, remainder: Integer] {
  if (typeof left === "number" && typeof right === "number") {
    let remainder = left % right;
    if (remainder !== 0 && remainder < 0 !== right < 0) remainder += right;
    const multiple = left - remainder;
    if (Number.isSafeInteger(multiple)) return [multiple / right + 0, remainder + 0];
  }
  const [dividend, divisor] = [BigInt(left), BigInt(right)];
  let remainder = dividend % divisor;
  if (remainder !== 0n && remainder < 0n !== divisor < 0n) remainder += divisor;
  return [integer((dividend - remainder) / divisor), integer(remainder)];
}

/** `base ** exponent` for an exponent that is not negative. */
export function raiseInteger(base: Integer, exponent: Integer, meter: Meter): Integer {
  if (exponent === 0 || base === 1) return 1;
  if (base === 0) return 0;
  if (base === -1) return BigInt(exponent) % 2n === 0n ? 1 : -1;
  const bits = bitLength(base) * Number(exponent);
  checkBits(bits);
  meter.spend(Math.ceil(bits / 256));
  return integer(BigInt(base) ** BigInt(exponent));
}

/** The quotient as a float, correctly rounded for integers of any size. */
export function divideToFloat(left: Integer, right: Integer): number {
  if (typeof left === "number" && typeof right === "number") return left / right;
  const negative = left < 0 !== right < 0;
  const dividend = magnitude(left);
  const divisor = magnitude(right);
  // 66 bits of quotient and one that tells whether anything was left over: rounding that is exact.
  const shift = 66 - (bitLength(dividend) - bitLength(divisor));
  const scaled = shift >= 0 ? dividend << BigInt(shift) : dividend;
  const scale = shift >= 0 ? divisor : divisor << BigInt(-shift);
  const sticky = scaled % scale === 0n ? 0n : 1n;
  const quotient = Number(((scaled / scale) << 1n) | sticky);
  const result = quotient * 2 ** (-shift - 1);
  if (!Number.isFinite(result)) throw overflowError("integer division result too large for a float");
  return negative ? -result : result;
}

export function bitLength(value: Integer): number {
  if (typeof value === "number") return value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
  const hex = magnitude(value).toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}

function magnitude(value: Integer): bigint {
  const big = BigInt(value);
  return big < 0n ? -big : big;
}

function bounded(value: bigint): Integer {
  const result = integer(value);
  if (typeof result === "bigint") checkBits(bitLength(result));
  return result;
}

function checkBits(bits: number): void {
  if (!(bits <= MAX_BITS)) throw budgetError("steps", `An integer would grow beyond ${MAX_BITS} bits.`);
}
