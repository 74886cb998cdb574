import { bitLength } from "../operators/integer-arithmetic.ts";
import { type Native, native } from "../runtime/native.ts";
import { Float } from "../values/float.ts";
import { type Integer, integer, integerFromFloat } from "../values/integers.ts";
import { asInteger } from "../values/numbers.ts";
import { Tuple } from "../values/tuple.ts";
import type { Value } from "../values/value.ts";

function int(value: Value): Integer {
  return asInteger(value) ?? 0;
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

/** Methods of `float` and `int`, and so of `bool`. */
export const NATIVES: readonly Native[] = [
  native("as_integer_ratio", "", (_rt, value) =>
    value instanceof Float ? ratioOf(value.value) : new Tuple([int(value), 1]),
  ),
  native("bit_count", "", (_rt, value) => {
    const magnitude = BigInt(int(value));
    const bits = (magnitude < 0n ? -magnitude : magnitude).toString(2);
    return bits.length - bits.replaceAll("1", "").length;
  }),
  native("bit_length", "", (_rt, value) => bitLength(int(value))),
  native("conjugate", "", (_rt, value) => (value instanceof Float ? value : int(value))),
  native("is_integer", "", (_rt, value) => value instanceof Float && Number.isInteger(value.value)),
];
