import { subscript } from "../operators/python-subscript.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { Dict } from "../values/dict.ts";
import { Float } from "../values/float.ts";
import { type Integer, integerFromFloat } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { typeError } from "../values/python-error.ts";
import { Range } from "../values/range.ts";
import { repr, str } from "../values/text.ts";
import { toFloat } from "../values/to-float.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";
import { nonAsciiEscaped } from "./ascii.ts";
import type { FormatSpec } from "./format-value.ts";
import { characterOf, digitsIn, layOutFloat, layOutInteger, pad } from "./lay-out.ts";

/** The text one `%…` stands for. `escapeText` makes text of a value safe where the format is markup. */
export function convertPercent(
  spec: FormatSpec,
  value: Value,
  rt: Runtime,
  escapeText: (text: string, value: Value) => string,
): string {
  const { type } = spec;
  switch (type) {
    case "s":
      return cutAndPad(escapeText(str(value, rt), value), spec);
    case "r":
      return cutAndPad(escapeText(repr(value, rt), null), spec);
    case "a":
      return cutAndPad(escapeText(nonAsciiEscaped(repr(value, rt)), null), spec);
    case "c":
      return cutAndPad(character(value), { ...spec, precision: undefined });
    case "d":
    case "i":
    case "u":
      return layOutInteger(wholePart(value), "d", spec);
    case "o":
    case "x":
    case "X": {
      const number = asInteger(value);
      if (number === undefined) throw wrongType(value, type, "an integer");
      return layOutInteger(number, type, spec);
    }
    default: {
      const number = toFloat(value, rt);
      return layOutFloat(number, digitsIn(type, number, spec), "", spec);
    }
  }
}

function wrongType(value: Value, type: string, wanted: string): Error {
  return typeError(`%${type} format: ${wanted} is required, not ${typeName(value)}`);
}

/** Texts are never filled with zeros. */
function cutAndPad(text: string, spec: FormatSpec): string {
  const { precision } = spec;
  const long = precision !== undefined && text.length > precision;
  return pad(long ? sliceCodePoints(text, 0, precision) : text, { ...spec, fill: " " }, ">");
}

function character(value: Value): string {
  const code = asInteger(value);
  if (code !== undefined) return characterOf(code);
  const text = value instanceof Markup ? value.text : value;
  if (typeof text !== "string" || pythonLength(text) !== 1) throw typeError("%c requires int or char");
  return text;
}

function wholePart(value: Value): Integer {
  const number = value instanceof Float ? integerFromFloat(Math.trunc(value.value)) : asInteger(value);
  if (number === undefined) throw wrongType(value, "d", "a real number");
  return number;
}

/** The right side of `format % …`: a tuple of arguments, a mapping, or the one argument itself. */
export class PercentArguments {
  private readonly rt: Runtime;
  private readonly mapping: Value | undefined;
  private queue: readonly Value[];
  private used = 0;

  constructor(argument: Value, rt: Runtime) {
    this.rt = rt;
    this.mapping = isMapping(argument) ? argument : undefined;
    this.queue = argument instanceof Tuple ? argument.items : [argument];
  }

  get hasMapping(): boolean {
    return this.mapping !== undefined;
  }

  /** `%(key)s`: the next argument is the one of that name. */
  selectKey(key: string): void {
    this.queue = [subscript(this.mapping as Value, key, this.rt)];
    this.used = 0;
  }

  next(): Value {
    const value = this.queue[this.used];
    if (value === undefined) throw typeError("not enough arguments for format string");
    this.used++;
    return value;
  }

  nextInteger(): number {
    const value = asInteger(this.next());
    if (value === undefined) throw typeError("* wants int");
    return Number(value);
  }

  checkAllUsed(): void {
    if (this.used < this.queue.length && !this.hasMapping) {
      throw typeError("not all arguments converted during string formatting");
    }
  }
}

/** What Python takes for a mapping here: nearly everything that has subscripts. */
function isMapping(value: Value): boolean {
  return (
    value instanceof Dict || value instanceof Undefined || value instanceof Range || Array.isArray(value)
  );
}
