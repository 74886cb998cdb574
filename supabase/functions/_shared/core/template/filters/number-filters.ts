import { divideHalfEven, fixedDigits, roundFloat } from "../formatting/decimal.ts";
import { arithmetic, unary } from "../operators/arithmetic.ts";
import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { toIndex, toStr } from "../values/conversions.ts";
import { Float } from "../values/float.ts";
import { type Integer, integer, integerFromFloat, negateInteger } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { parseFloatText, parseIntegerText } from "../values/parse-number.ts";
import { overflowError, runtimeError, typeError, valueError } from "../values/python-error.ts";
import { toFloat } from "../values/to-float.ts";
import { isTrue } from "../values/truth.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";

function absolute(rt: Runtime, value: Value): Value {
  const number = asInteger(value);
  if (number !== undefined) return number < 0 ? negateInteger(number) : number;
  if (value instanceof Float) return new Float(Math.abs(value.value));
  if (value instanceof Undefined) throw value.error();
  return unary("-", value, rt);
}

/** `float(value)`, or undefined where Python raises a TypeError or ValueError. */
function floatOf(value: Value): number | undefined {
  if (value instanceof Float) return value.value;
  if (typeof value === "string") return parseFloatText(value);
  if (value instanceof Markup) return parseFloatText(value.text);
  if (value instanceof Undefined) throw value.error();
  const number = asInteger(value);
  if (number === undefined) return undefined;
  const float = Number(number);
  if (!Number.isFinite(float)) throw overflowError("int too large to convert to float");
  return float;
}

function toInteger(rt: Runtime, value: Value, otherwise: Value, base: Value): Value {
  const direct = asInteger(value);
  if (direct !== undefined) return direct;
  if (value instanceof Float && !Number.isNaN(value.value)) return integerFromFloat(Math.trunc(value.value));
  if (typeof value === "string" || value instanceof Markup) {
    const text = toStr(value, "value");
    rt.meter.walkText(text.length);
    const parsed = parseIntegerText(text, Number(asInteger(base) ?? Number.NaN));
    if (parsed !== undefined) return parsed;
  }
  // So that "42.23"|int is 42.
  const float = floatOf(value);
  return float === undefined || !Number.isFinite(float) ? otherwise : integerFromFloat(Math.trunc(float));
}

function round(rt: Runtime, value: Value, precision: Value, method: Value): Value {
  const how = typeof method === "string" ? method : "";
  if (how === "common") return roundCommon(value, precision, rt);
  if (how !== "ceil" && how !== "floor") throw runtimeError("method must be common, ceil or floor");
  const scale = arithmetic("**", 10, precision, rt);
  const scaled = arithmetic("*", value, scale, rt);
  const number = asInteger(scaled) ?? roundedFloat(toFloat(scaled, rt), how);
  return arithmetic("/", number, scale, rt);
}

function roundedFloat(value: number, how: "ceil" | "floor"): Integer {
  return integerFromFloat(how === "ceil" ? Math.ceil(value) : Math.floor(value));
}

function roundCommon(value: Value, precision: Value, rt: Runtime): Value {
  const whole = asInteger(value);
  if (whole !== undefined)
    return precision === null ? whole : roundInteger(whole, Number(toIndex(precision)), rt);
  if (value instanceof Undefined) throw value.error();
  if (!(value instanceof Float)) throw typeError(`type ${typeName(value)} doesn't define __round__ method`);
  if (precision !== null) return new Float(roundFinite(value.value, Number(toIndex(precision))));
  const rounded = roundFloat(value.value, 0);
  return roundedFloat(rounded, "floor");
}

function roundFinite(value: number, places: number): number {
  const rounded = roundFloat(value, places);
  if (!Number.isFinite(rounded) && Number.isFinite(value))
    throw overflowError("rounded value too large to represent");
  return rounded;
}

/** Integers are only changed by rounding to tens, hundreds and so on. */
function roundInteger(value: Integer, places: number, rt: Runtime): Integer {
  if (places >= 0) return value;
  if (places < -20_000) return 0;
  rt.meter.spend(Math.ceil(-places / 64));
  const unit = 10n ** BigInt(-places);
  const big = BigInt(value);
  const magnitude = divideHalfEven(big < 0n ? -big : big, unit) * unit;
  return integer(big < 0n ? -magnitude : magnitude);
}

const DECIMAL_UNITS = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
const BINARY_UNITS = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

function fileSize(value: Value, binary: boolean): string {
  const bytes = floatOf(value);
  if (bytes === undefined) {
    if (typeof value === "string") throw valueError(`could not convert string to float: '${value}'`);
    throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
  }
  const base = binary ? 1024 : 1000;
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${integerFromFloat(Math.trunc(bytes))} Bytes`;
  const units = binary ? BINARY_UNITS : DECIMAL_UNITS;
  let index = 0;
  // Compared with exact integers, as Python does: 1e24 is a little less than a thousand to the eighth.
  const unit = () => BigInt(base) ** BigInt(index + 2);
  while (index < units.length - 1 && !(bytes < unit())) index++;
  const scaled = (base * bytes) / Number(unit());
  const digits = Number.isFinite(scaled) ? fixedDigits(scaled, 1) : Number.isNaN(scaled) ? "nan" : "inf";
  return `${digits} ${units[index]}`;
}

export const NATIVES: readonly Native[] = [
  native("abs", "", absolute),
  native("int", "default=, base=", (rt, value, otherwise = 0, base = 10) =>
    toInteger(rt, value, otherwise, base),
  ),
  native("float", "default=", (_rt, value, otherwise = new Float(0)) => {
    const float = floatOf(value);
    return float === undefined ? otherwise : new Float(float);
  }),
  native("round", "precision=, method=", (rt, value, precision = 0, method = "common") =>
    round(rt, value, precision, method),
  ),
  native("filesizeformat", "binary=", (rt, value, binary = false) => fileSize(value, isTrue(binary, rt))),
];
