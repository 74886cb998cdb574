import { overflowError, valueError } from "./python-error.ts";

/** Python's `int`: a number while that is exact, a bigint beyond. */
export type Integer = number | bigint;

/** Python refuses to turn longer integers into text, or text into them. */
export const MAX_DIGITS = 4300;

/** A bigint as an {@link Integer}, which has one form per value. */
export function integer(value: bigint): Integer {
  const small = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return small ? Number(value) : value;
}

/** A float without fraction as an integer; infinity and what is no number are refused. */
export function integerFromFloat(value: number): Integer {
  if (Number.isSafeInteger(value)) return value + 0;
  if (Number.isNaN(value)) throw valueError("cannot convert float NaN to integer");
  if (!Number.isFinite(value)) throw overflowError("cannot convert float infinity to integer");
  return integer(BigInt(value));
}

export function negateInteger(value: Integer): Integer {
  // Adding zero keeps -0, which Python's integers do not have, from arising.
  return typeof value === "number" ? -value + 0 : integer(-value);
}

export function integerToFloat(value: Integer): number {
  const float = Number(value);
  if (!Number.isFinite(float)) throw overflowError("int too large to convert to float");
  return float;
}

export function integerText(value: Integer): string {
  const text = String(value);
  if (text.length > MAX_DIGITS + 1) {
    throw valueError(`Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion`);
  }
  return text;
}
