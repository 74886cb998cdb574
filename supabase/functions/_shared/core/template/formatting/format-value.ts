import type { Runtime } from "../runtime/runtime.ts";
import { sliceCodePoints } from "../text/code-points.ts";
import { Float } from "../values/float.ts";
import { floatText } from "../values/float-text.ts";
import { type Integer, integerToFloat } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { typeError, valueError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { floatDigits } from "./float-format.ts";
import { type FormatSpec, parseFormatSpec, refuseParts } from "./format-spec.ts";
import { characterOf, digitsIn, layOutFloat, layOutInteger, pad, RADIXES } from "./lay-out.ts";

/** `format(value, spec)` */
export function formatValue(value: Value, spec: string, rt: Runtime): string {
  if (spec === "") return str(value, rt);
  const parsed = parseFormatSpec(spec, rt);
  if (typeof value === "string") return formatText(value, parsed);
  if (value instanceof Markup) return formatText(value.text, parsed);
  if (value instanceof Float) return formatFloat(value.value, parsed);
  const number = asInteger(value);
  if (number !== undefined) return formatInteger(number, parsed);
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

function unknownCode({ type }: FormatSpec, kind: string): Error {
  return valueError(`Unknown format code '${type}' for ${kind}`);
}

function formatText(text: string, spec: FormatSpec): string {
  if (spec.type !== "" && spec.type !== "s") throw unknownCode(spec, "a text");
  refuseParts(spec, "+z#,", "a text");
  if (spec.align === "=" && spec.fill !== "0") throw valueError("'=' cannot be used to format a text");
  const cut = spec.precision === undefined ? text : sliceCodePoints(text, 0, spec.precision);
  return pad(cut, spec, "<");
}

function formatInteger(value: Integer, spec: FormatSpec): string {
  const code = spec.type === "" ? "d" : spec.type;
  if ("eEfFgG%".includes(code)) return formatFloat(integerToFloat(value), { ...spec, type: code });
  const kind = `an integer as '${code}'`;
  if (code === "c") {
    refuseParts(spec, "+#,.", kind);
    return pad(characterOf(value), spec, "<");
  }
  const radix = RADIXES.get(code);
  if (radix === undefined) throw unknownCode(spec, "an integer");
  const ungrouped = code === "n" || (radix !== 10 && spec.grouping === ",");
  refuseParts(spec, ungrouped ? "z,." : "z.", kind);
  return layOutInteger(value, code, spec);
}

function formatFloat(value: number, spec: FormatSpec): string {
  const code = spec.type;
  if (!"eEfFgGn%".includes(code)) throw unknownCode(spec, "a float");
  if (code === "n") refuseParts(spec, ",", "a number as 'n'");
  if (code === "%") return layOutFloat(value, digitsIn("f", value * 100, spec), "%", spec);
  const digits = code === "" ? shortDigits(value, spec) : digitsIn(code === "n" ? "g" : code, value, spec);
  return layOutFloat(value, digits, "", spec);
}

/** The digits of a float for which no type was given: as `str()` writes it, or nearly so. */
function shortDigits(value: number, { precision, alternate }: FormatSpec): string {
  if (precision !== undefined) return floatDigits(value, { type: "g", precision, alternate, dotZero: true });
  const text = floatText(Math.abs(value));
  return alternate && !text.includes(".") ? text.replace("e", ".e") : text;
}
