import type { Meter } from "../budgets.ts";
import { utf8Length } from "../text/code-points.ts";
import { budgetError } from "../values/python-error.ts";

/** Where statements write. Captures (macros, `set` blocks…) put a buffer of their own in its place. */
export class Output {
  private readonly meter: Meter;
  private text = "";
  /** UTF-16 units that are sure to fit. While `text` is shorter, no bytes need be counted. */
  private readonly safeUnits: number;
  private countedUnits = 0;
  private countedBytes = 0;

  constructor(meter: Meter) {
    this.meter = meter;
    this.safeUnits = Math.floor(meter.outputLeft / 3);
  }

  write(text: string): void {
    this.text += text;
    if (this.text.length > this.safeUnits) this.countBytes(text);
  }

  /** What was written, and how many bytes that is. */
  finish(): string {
    this.meter.addOutput(utf8Length(this.text));
    return this.text;
  }

  /** What `body` writes, instead of letting it through. */
  capture(body: () => void): string {
    const outer = { text: this.text, units: this.countedUnits, bytes: this.countedBytes };
    this.text = "";
    this.countedUnits = 0;
    this.countedBytes = 0;
    body();
    const captured = this.text;
    this.text = outer.text;
    this.countedUnits = outer.units;
    this.countedBytes = outer.bytes;
    this.meter.walkText(captured.length);
    return captured;
  }

  private countBytes(latest: string): void {
    const known = this.countedUnits === this.text.length - latest.length;
    this.countedBytes = known ? this.countedBytes + utf8Length(latest) : utf8Length(this.text);
    this.countedUnits = this.text.length;
    if (this.countedBytes > this.meter.outputLeft) {
      throw budgetError("output_bytes", `The output is longer than ${this.meter.budgets.outputBytes} bytes.`);
    }
  }
}
