import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { Float } from "../values/float.ts";
import { floatText } from "../values/float-text.ts";
import type { Integer } from "../values/integers.ts";
import { integerToFloat } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { overflowError, typeError, valueError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { floatDigits } from "./float-format.ts";
import { type FormatSpec, parseFormatSpec } from "./format-spec.ts";
import { insertGroups } from "./grouping.ts";
import { magnitudeText } from "./percent-conversions.ts";

/** `format(value, spec)` */
export function formatValue(value: Value, spec: string, rt: Runtime): string {
  if (spec === "") return str(value, rt);
  if (typeof value === "string") return formatText(value, parseFormatSpec(spec, "str", rt));
  if (value instanceof Markup) return formatText(value.text, parseFormatSpec(spec, "Markup", rt));
  if (value instanceof Float) return formatFloat(value.value, parseFormatSpec(spec, "float", rt), "float");
  if (typeof value === "boolean") {
    const parsed = parseFormatSpec(spec, "bool", rt);
    return parsed.type === "s" ? unknownCode(parsed, "bool") : formatInteger(Number(value), parsed, "bool");
  }
  if (typeof value === "number" || typeof value === "bigint") {
    return formatInteger(value, parseFormatSpec(spec, "int", rt), "int");
  }
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function unknownCode(spec: FormatSpec, type: string): never {
  throw valueError(`Unknown format code '${spec.type}' for object of type '${type}'`);
}

function formatText(text: string, spec: FormatSpec): string {
  if (spec.type !== "" && spec.type !== "s") unknownCode(spec, "str");
  if (spec.sign === " ") throw valueError("Space not allowed in string format specifier");
  if (spec.sign !== "") throw valueError("Sign not allowed in string format specifier");
  if (spec.noNegativeZero)
    throw valueError("Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) throw valueError("Alternate form (#) not allowed in string format specifier");
  if (spec.grouping !== "") throw valueError(`Cannot specify '${spec.grouping}' with 's'.`);
  if (spec.align === "=" && spec.fill !== "0")
    throw valueError("'=' alignment not allowed in string format specifier");
  const cut = spec.precision === undefined ? text : sliceCodePoints(text, 0, spec.precision);
  return pad(cut, spec, "<");
}

/** Pads on the sides the alignment says; `=` has been dealt with before. */
function pad(text: string, spec: FormatSpec, standard: string): string {
  const missing = Math.max(0, spec.width - pythonLength(text));
  const align = spec.align === "" || spec.align === "=" ? standard : spec.align;
  const before = align === ">" ? missing : align === "^" ? Math.floor(missing / 2) : 0;
  return spec.fill.repeat(before) + text + spec.fill.repeat(missing - before);
}

const RADIXES: Record<string, number> = { b: 2, o: 8, d: 10, n: 10, x: 16, X: 16 };

function formatInteger(value: Integer, spec: FormatSpec, type: string): string {
  const code = spec.type === "" ? "d" : spec.type;
  if ("eEfFgG%".includes(code)) return formatFloat(integerToFloat(value), { ...spec, type: code }, "int");
  if (code === "c") return formatCharacter(value, spec);
  const radix = Object.hasOwn(RADIXES, code) ? RADIXES[code] : undefined;
  if (radix === undefined) return unknownCode(spec, type);
  if (spec.precision !== undefined) throw valueError("Precision not allowed in integer format specifier");
  if (spec.noNegativeZero)
    throw valueError("Negative zero coercion (z) not allowed in format specifier with integer");
  checkGrouping(spec, radix, code);
  const lower = magnitudeText(value, radix);
  const prefix = spec.alternate && radix !== 10 ? `0${code}` : "";
  const digits = code === "X" ? lower.toUpperCase() : lower;
  return layOut(value < 0, prefix, digits, "", spec, radix === 10 ? 3 : 4);
}

function checkGrouping(spec: FormatSpec, radix: number, code: string): void {
  const allowed = spec.grouping === "" || (code !== "n" && (radix === 10 || spec.grouping === "_"));
  if (!allowed) throw valueError(`Cannot specify '${spec.grouping}' with '${code}'.`);
}

function formatCharacter(value: Integer, spec: FormatSpec): string {
  if (spec.sign !== "") throw valueError("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) throw valueError("Alternate form (#) not allowed with integer format specifier 'c'");
  if (spec.precision !== undefined) throw valueError("Precision not allowed in integer format specifier");
  if (spec.grouping !== "") throw valueError(`Cannot specify '${spec.grouping}' with 'c'.`);
  if (value < 0 || value > 0x10ffff) throw overflowError("%c arg not in range(0x110000)");
  return pad(String.fromCodePoint(Number(value)), spec, "<");
}

function formatFloat(value: number, spec: FormatSpec, type: string): string {
  const code = spec.type;
  if (code !== "" && !"eEfFgGn%".includes(code)) unknownCode(spec, type);
  if (code === "n" && spec.grouping !== "") throw valueError(`Cannot specify '${spec.grouping}' with 'n'.`);
  const percent = code === "%";
  const digits = digitsOf(percent ? value * 100 : value, spec);
  const isZero = spec.noNegativeZero && !/[1-9a-z]/i.test(digits.split(/e/i)[0] ?? "");
  const negative = (value < 0 || Object.is(value, -0)) && !isZero;
  const end = /[^0-9]/.exec(digits)?.index ?? digits.length;
  const whole = Number.isFinite(value) ? digits.slice(0, end) : digits;
  const rest = Number.isFinite(value) ? digits.slice(end) : "";
  return layOut(negative, "", whole, rest + (percent ? "%" : ""), spec, 3);
}

function digitsOf(value: number, spec: FormatSpec): string {
  const { alternate, precision } = spec;
  if (spec.type === "") {
    if (precision !== undefined)
      return floatDigits(value, { type: "g", precision, alternate, dotZero: true });
    const text = floatText(Math.abs(value));
    return alternate && !text.includes(".") ? text.replace("e", ".e") : text;
  }
  const type = spec.type === "%" ? "f" : spec.type === "n" ? "g" : spec.type;
  return floatDigits(value, { type, precision: precision ?? 6, alternate });
}

/** Sign, prefix, digits with their separators, and what follows them, in the width asked for. */
function layOut(
  negative: boolean,
  prefix: string,
  whole: string,
  rest: string,
  spec: FormatSpec,
  groupSize: number,
): string {
  const sign = negative ? "-" : spec.sign === "-" ? "" : spec.sign;
  const zeros = spec.fill === "0" && spec.align === "=";
  const room = zeros ? spec.width - sign.length - prefix.length - rest.length : 0;
  const digits = insertGroups(whole, spec.grouping, groupSize, room);
  if (spec.align !== "=") return pad(sign + prefix + digits + rest, spec, ">");
  const missing = Math.max(0, spec.width - pythonLength(sign + prefix + digits + rest));
  return sign + prefix + spec.fill.repeat(missing) + digits + rest;
}
