import { asNumeric } from "./numbers.ts";
import type { TextWriter } from "./text.ts";
import { TemplateObject, type Value } from "./value.ts";

/** Python's `range`, of ordinary size: its bounds are exact numbers. */
export class Range extends TemplateObject {
  readonly typeName = "range";
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly size: number;

  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = Math.max(0, Math.ceil((stop - start) / step));
  }

  at(index: number): number {
    return this.start + index * this.step;
  }

  /** Position of a value in the range, or -1. */
  indexOf(value: Value): number {
    const number = Number(asNumeric(value) ?? Number.NaN);
    const index = (number - this.start) / this.step;
    return Number.isInteger(index) && index >= 0 && index < this.size ? index + 0 : -1;
  }

  /** Ranges are equal when they hold the same numbers. */
  equals(other: Range): boolean {
    if (this.size !== other.size) return false;
    if (this.size === 0) return true;
    return this.start === other.start && (this.size === 1 || this.step === other.step);
  }

  slice(start: number, stop: number, step: number): Range {
    return new Range(this.at(start), this.at(stop), this.step * step);
  }

  override isTrue(): boolean {
    return this.size > 0;
  }

  override length(): number {
    return this.size;
  }

  override *iterate(): Generator<Value> {
    for (let index = 0; index < this.size; index++) yield this.at(index);
  }

  override attribute(name: string): Value | undefined {
    return name === "start" || name === "stop" || name === "step" ? this[name] : undefined;
  }

  override represent(out: TextWriter): void {
    out.add(`range(${this.start}, ${this.stop}${this.step === 1 ? "" : `, ${this.step}`})`);
  }
}
