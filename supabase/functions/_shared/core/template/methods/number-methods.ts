import { type Native, native } from "../runtime/native.ts";
import { Float } from "../values/float.ts";
import { bitLength, type Integer, integer, integerFromFloat } from "../values/integers.ts";
import { asInteger } from "../values/numbers.ts";
import { Tuple } from "../values/tuple.ts";
import type { Value } from "../values/value.ts";

function int(value: Value): Integer {
  return asInteger(value) ?? 0;
}

/** Methods of `int`, and so of `bool`. */
export const INTEGER_METHODS: readonly Native<Value>[] = [
  native("as_integer_ratio", "", (_rt, value) => new Tuple([int(value), 1])),
  native("bit_count", "", (_rt, value) => {
    const magnitude = BigInt(int(value));
    const bits = (magnitude < 0n ? -magnitude : magnitude).toString(2);
    return bits.length - bits.replaceAll("1", "").length;
  }),
  native("bit_length", "", (_rt, value) => bitLength(int(value))),
  native("conjugate", "", (_rt, value) => int(value)),
];

/** Attributes of `int` that are no methods. */
export function integerAttribute(value: Value, name: string): Value | undefined {
  if (name === "real" || name === "numerator") return int(value);
  if (name === "imag") return 0;
  return name === "denominator" ? 1 : undefined;
}

function ratioOf(value: number): Tuple {
  let denominator = 1n;
  let numerator = value;
  while (numerator % 1 !== 0 && Number.isFinite(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return new Tuple([integerFromFloat(numerator), integer(denominator)]);
}

export const FLOAT_METHODS: readonly Native<Float>[] = [
  native("as_integer_ratio", "", (_rt, float) => ratioOf(float.value)),
  native("conjugate", "", (_rt, float) => float),
  native("is_integer", "", (_rt, float) => Number.isInteger(float.value)),
];

export function floatAttribute(value: Float, name: string): Value | undefined {
  if (name === "real") return value;
  return name === "imag" ? new Float(0) : undefined;
}
