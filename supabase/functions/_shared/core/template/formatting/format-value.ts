import type { Runtime } from "../runtime/runtime.ts";
import { sliceCodePoints } from "../text/code-points.ts";
import { Float, floatText } from "../values/float.ts";
import { type Integer, integerToFloat } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { typeError, valueError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { floatDigits } from "./float-format.ts";
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

/** `[[fill]align][sign][z][#][0][width][grouping][.precision][type]` */
export interface FormatSpec {
  readonly fill: string;
  /** `<`, `>`, `=`, `^`, or "" for the type's own. */
  readonly align: string;
  readonly sign: string;
  /** `z`: a negative zero is written as zero. */
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const SPEC = /^(?:(.)(?=[<>=^]))?([<>=^]?)([-+ ]?)(z?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?(.?)$/su;

/** @throws PythonError a `value_error` when it is no format specification */
function parseFormatSpec(spec: string, rt: Runtime): FormatSpec {
  const match = SPEC.exec(spec);
  if (!match) throw valueError(`Invalid format specifier '${spec}'`);
  const [, fill, align = "", sign = "", z, alternate, zero, digits, grouping = "", places, type = ""] = match;
  const zeros = fill === undefined && zero !== "";
  const width = Number(digits);
  const precision = places === undefined ? undefined : Number(places);
  rt.meter.reserveText(width + (precision ?? 0));
  return {
    fill: zeros ? "0" : (fill ?? " "),
    align: zeros && align === "" ? "=" : align,
    sign,
    noNegativeZero: z !== "",
    alternate: alternate !== "",
    width,
    grouping,
    precision,
    type,
  };
}

/**
 * Refuses the parts of a specification that mean nothing for a kind of value.
 *
 * @param parts of `+` (a sign), `z`, `#`, `,` (grouping) and `.` (a precision)
 */
function refuseParts(spec: FormatSpec, parts: string, kind: string): void {
  const given: Record<string, boolean> = {
    "+": spec.sign !== "",
    z: spec.noNegativeZero,
    "#": spec.alternate,
    ",": spec.grouping !== "",
    ".": spec.precision !== undefined,
  };
  for (const part of parts) if (given[part]) throw valueError(`'${part}' cannot be used to format ${kind}`);
}
