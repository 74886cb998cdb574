import type { Runtime } from "../runtime/runtime.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { typeError, valueError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";
import { PercentArguments } from "./percent-arguments.ts";
import { convertPercent } from "./percent-conversions.ts";

/** One `%…` of a format. */
export interface PercentSpec {
  readonly key: string | undefined;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

/** `format % argument`: Python's printf-style formatting. */
export function percentFormat(format: string | Markup, argument: Value, rt: Runtime): Value {
  if (format instanceof Markup)
    return new Markup(new PercentFormatter(format.text, argument, rt, true).run());
  const text = new PercentFormatter(format, argument, rt, false).run();
  return text;
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
    const spec = this.readSpec();
    if (spec.conversion === "%") return "%";
    if (spec.key !== undefined) this.args.selectKey(spec.key);
    if (!"diouxXeEfFgGcrsa".includes(spec.conversion)) throw this.unsupported(spec.conversion);
    return convertPercent(spec, this.args.next(), this.rt, (text, value) => this.escape(text, value));
  }

  private escape(text: string, value: Value): string {
    return this.escaping && !(value instanceof Markup) ? escapeHtml(text) : text;
  }

  private readSpec(): PercentSpec {
    const key = this.peek() === "(" ? this.readKey() : undefined;
    let flags = "";
    while (this.peek() !== "" && "-+ #0".includes(this.peek())) flags += this.take();
    let width = this.readNumber() ?? 0;
    if (width < 0) {
      flags += "-";
      width = -width;
    }
    let precision: number | undefined;
    if (this.peek() === ".") {
      this.take();
      precision = Math.max(0, this.readNumber() ?? 0);
    }
    while (this.peek() !== "" && "hlL".includes(this.peek())) this.take();
    if (this.peek() === "") throw valueError("incomplete format");
    this.rt.meter.reserveText(width + (precision ?? 0));
    return { key, flags, width, precision, conversion: this.take() };
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
  private readNumber(): number | undefined {
    if (this.peek() === "*") {
      this.take();
      return this.args.nextInteger();
    }
    const start = this.index;
    while (/^\d$/.test(this.peek())) this.take();
    return this.index > start ? Number(this.format.slice(start, this.index)) : undefined;
  }

  private peek(): string {
    return this.format.charAt(this.index);
  }

  private take(): string {
    return this.format.charAt(this.index++);
  }

  private unsupported(character: string): Error {
    const code = character.codePointAt(0) ?? 0;
    return valueError(
      `unsupported format character '${character}' (0x${code.toString(16)}) at index ${this.index - 1}`,
    );
  }
}
