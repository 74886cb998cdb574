import { fixedDigits, scientificDigits } from "./decimal.ts";

export interface FloatStyle {
  /** `e`, `f` or `g`, in the case the exponent is to have. */
  readonly type: string;
  readonly precision: number;
  /** `#`: the point stays even when no digit follows it, and `g` keeps its zeros. */
  readonly alternate: boolean;
  /** Like `g`, but never looks like an integer: what `format` does without a type. */
  readonly dotZero?: boolean;
}

/** The digits of `|value|`, without any sign. */
export function floatDigits(value: number, style: FloatStyle): string {
  const upper = style.type === style.type.toUpperCase();
  if (!Number.isFinite(value)) {
    const text = Number.isNaN(value) ? "nan" : "inf";
    return upper ? text.toUpperCase() : text;
  }
  const digits = finiteDigits(value, style);
  return upper ? digits.toUpperCase() : digits;
}

function finiteDigits(value: number, style: FloatStyle): string {
  switch (style.type.toLowerCase()) {
    case "f": {
      const digits = fixedDigits(value, style.precision);
      return style.alternate && style.precision === 0 ? `${digits}.` : digits;
    }
    case "e": {
      const { digits, exponent } = scientificDigits(value, style.precision + 1);
      return withExponent(digits, exponent, style.alternate);
    }
    default:
      return generalDigits(value, style);
  }
}

function generalDigits(value: number, style: FloatStyle): string {
  const significant = Math.max(1, style.precision);
  const { digits, exponent } = scientificDigits(value, significant);
  const kept = style.alternate ? digits : digits.replace(/0+$/, "") || "0";
  const limit = style.dotZero ? significant - 1 : significant;
  if (exponent < -4 || exponent >= limit) return withExponent(kept, exponent, style.alternate);
  const plain = placePoint(kept, exponent, style.alternate);
  return style.dotZero && !plain.includes(".") ? `${plain}.0` : plain;
}

function withExponent(digits: string, exponent: number, alternate: boolean): string {
  const point = digits.length > 1 || alternate ? "." : "";
  const sign = exponent < 0 ? "-" : "+";
  return `${digits.charAt(0)}${point}${digits.slice(1)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function placePoint(digits: string, exponent: number, alternate: boolean): string {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return fraction !== "" || alternate ? `${whole}.${fraction}` : whole;
}
