import { Float } from "./float.ts";
import type { Integer } from "./integers.ts";
import type { Value } from "./value.ts";

/** The value as an integer when Python's `int` (or `bool`, which is one) is what it is. */
export function asInteger(value: Value): Integer | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

/** The value as a plain number to compare by, exactly, or undefined when it is no number. */
export function asNumeric(value: Value): number | bigint | undefined {
  return value instanceof Float ? value.value : asInteger(value);
}

export function isNumber(value: Value): boolean {
  return asNumeric(value) !== undefined;
}

/** Attributes of numbers that are no methods; undefined where there is none, or no number. */
export function numberAttribute(value: Value, name: string): Value | undefined {
  const float = value instanceof Float;
  const number = float ? value : asInteger(value);
  if (number === undefined) return undefined;
  if (name === "real" || (name === "numerator" && !float)) return number;
  if (name === "imag") return float ? new Float(0) : 0;
  return name === "denominator" && !float ? 1 : undefined;
}
