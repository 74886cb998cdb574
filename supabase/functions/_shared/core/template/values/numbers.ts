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
