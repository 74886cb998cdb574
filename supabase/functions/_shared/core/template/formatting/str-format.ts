import { getAttribute, getItem } from "../operators/subscript.ts";
import type { CallArguments } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { PythonError, valueError } from "../values/python-error.ts";
import { quote, repr, str } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { nonAsciiEscaped } from "./ascii.ts";
import { formatValue } from "./format-value.ts";
import { fieldPath, type Replacement, splitFormat } from "./split-format.ts";

/** `format.format(…)`, with attributes and items looked up as a template's own are. */
export function strFormat(format: string, args: CallArguments, rt: Runtime, escaping: boolean): string {
  return new StrFormatter(args, rt, escaping).expand(format, 2);
}

class StrFormatter {
  private readonly args: CallArguments;
  private readonly rt: Runtime;
  private readonly escaping: boolean;
  /** The next automatic index; undefined once an index was written out. */
  private automatic: number | undefined = 0;

  constructor(args: CallArguments, rt: Runtime, escaping: boolean) {
    this.args = args;
    this.rt = rt;
    this.escaping = escaping;
  }

  /** Replaces the fields of a format. The specification of a field may hold fields itself, one level deep. */
  expand(format: string, levels: number): string {
    if (levels < 0) throw valueError("Max string recursion exceeded");
    this.rt.meter.walkText(format.length);
    let text = "";
    for (const part of splitFormat(format)) {
      text += typeof part === "string" ? part : this.replace(part, levels);
      this.rt.meter.reserveText(text.length);
    }
    return text;
  }

  private replace(field: Replacement, levels: number): string {
    this.rt.meter.spend(1);
    const value = this.valueOf(field.name);
    const converted = this.convert(value, field.conversion);
    return this.formatField(converted, this.expand(field.spec, levels - 1));
  }

  private valueOf(name: string): Value {
    const { first, rest } = fieldPath(this.numbered(name));
    let value = this.argument(first);
    for (const step of rest) {
      value =
        step.attribute !== undefined
          ? getAttribute(value, step.attribute, this.rt)
          : getItem(value, step.key, this.rt);
    }
    return value;
  }

  /** Gives an empty name the next number. Numbers written out and automatic ones do not mix. */
  private numbered(name: string): string {
    const mixed = "cannot switch from manual field specification to automatic field numbering";
    if (name === "") {
      if (this.automatic === undefined) throw valueError(mixed);
      return String(this.automatic++);
    }
    if (/^\d+$/.test(name)) {
      if (this.automatic) throw valueError(mixed);
      this.automatic = undefined;
    }
    return name;
  }

  private argument(name: string): Value {
    if (/^\d+$/.test(name)) {
      const value = this.args.positional[Number(name)];
      if (value !== undefined) return value;
      throw new PythonError(
        "index_error",
        "Replacement index is out of range: too few arguments for format()",
      );
    }
    const value = this.args.named?.get(name);
    if (value === undefined) throw new PythonError("key_error", quote(name));
    return value;
  }

  private convert(value: Value, conversion: string): Value {
    switch (conversion) {
      case "":
        return value;
      case "s":
        return str(value, this.rt);
      case "r":
        return repr(value, this.rt);
      case "a":
        return nonAsciiEscaped(repr(value, this.rt));
      default:
        throw valueError(`Unknown conversion specifier ${conversion}`);
    }
  }

  private formatField(value: Value, spec: string): string {
    if (!this.escaping) return formatValue(value, spec, this.rt);
    if (!(value instanceof Markup)) return escapeHtml(formatValue(value, spec, this.rt), this.rt.meter);
    if (spec !== "") throw valueError("Format specifier given, but Markup does not define __html_format__.");
    return value.text;
  }
}
