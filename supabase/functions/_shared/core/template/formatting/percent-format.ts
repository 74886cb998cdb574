import type { Runtime } from "../runtime/runtime.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { typeError, valueError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";
import type { FormatSpec } from "./format-value.ts";
import { convertPercent, PercentArguments } from "./percent-conversions.ts";

/** Flags, width, precision, a size that means nothing, and the conversion. */
const SPEC = /([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?(.?)/suy;

/** `format % argument`: Python's printf-style formatting. */
export function percentFormat(format: string | Markup, argument: Value, rt: Runtime): Value {
  if (format instanceof Markup)
    return new Markup(new PercentFormatter(format.text, argument, rt, true).run());
  return new PercentFormatter(format, argument, rt, false).run();
}

class PercentFormatter {
  private readonly format: string;
  private readonly args: PercentArguments;
  private readonly rt: Runtime;
  private readonly escaping: boolean;
  private index = 0;

  constructor(format: string, argument: Value, rt: Runtime, escaping: boolean) {
    this.format = format;
    this.args = new PercentArguments(argument, rt);
    this.rt = rt;
    this.escaping = escaping;
  }

  run(): string {
    this.rt.meter.walkText(this.format.length);
    let text = "";
    for (;;) {
      const at = this.format.indexOf("%", this.index);
      text += this.format.slice(this.index, at < 0 ? undefined : at);
      this.rt.meter.reserveText(text.length);
      if (at < 0) break;
      this.index = at + 1;
      this.rt.meter.spend(1);
      text += this.readField();
    }
    this.args.checkAllUsed();
    return text;
  }

  private readField(): string {
    if (this.format.charAt(this.index) === "%") return this.format.charAt(this.index++);
    const spec = this.readSpec();
    if (spec.type === "") throw valueError("incomplete format");
    if (!"diouxXeEfFgGcrsa".includes(spec.type)) {
      throw valueError(`unsupported format character '${spec.type}'`);
    }
    // Markup wraps its arguments, and what wraps them is no integer to these.
    if (this.escaping && "oxXc".includes(spec.type))
      throw typeError(`%${spec.type} format: an integer is required`);
    return convertPercent(spec, this.args.next(), this.rt, (text, value) => this.escape(text, value));
  }

  private escape(text: string, value: Value): string {
    return this.escaping && !(value instanceof Markup) ? escapeHtml(text, this.rt.meter) : text;
  }

  private readSpec(): FormatSpec {
    if (this.format.charAt(this.index) === "(") this.args.selectKey(this.readKey());
    SPEC.lastIndex = this.index;
    const [all = "", flags = "", size, places, type = ""] = SPEC.exec(this.format) ?? [];
    this.index += all.length;
    const given = this.numberOf(size) ?? 0;
    const width = Math.abs(given);
    const least = this.numberOf(places);
    const precision = least && Math.max(0, least);
    this.rt.meter.reserveText(width + (precision ?? 0));
    const left = given < 0 || flags.includes("-");
    const zeros = !left && flags.includes("0");
    return {
      fill: zeros ? "0" : " ",
      align: left ? "<" : zeros ? "=" : ">",
      sign: flags.includes("+") ? "+" : flags.includes(" ") ? " " : "",
      noNegativeZero: false,
      alternate: flags.includes("#"),
      width,
      grouping: "",
      precision,
      type,
    };
  }

  /** The name in `%(name)s`; parentheses inside it nest. */
  private readKey(): string {
    if (!this.args.hasMapping) throw typeError("format requires a mapping");
    const start = this.index + 1;
    let depth = 0;
    for (let index = this.index; index < this.format.length; index++) {
      const character = this.format.charAt(index);
      if (character === "(") depth++;
      else if (character === ")" && --depth === 0) {
        this.index = index + 1;
        return this.format.slice(start, index);
      }
    }
    throw valueError("incomplete format key");
  }

  /** Digits, or `*` for the next argument. */
  private numberOf(written: string | undefined): number | undefined {
    if (written !== "*") return written === undefined ? undefined : Number(written);
    if (this.escaping) throw typeError("* wants int");
    return this.args.nextInteger();
  }
}
