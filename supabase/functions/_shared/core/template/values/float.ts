import type { TextWriter } from "./text.ts";
import { TemplateObject } from "./value.ts";

/** Python's `float`. */
export class Float extends TemplateObject {
  readonly typeName = "float";
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }

  override isTrue(): boolean {
    return this.value !== 0;
  }

  override represent(out: TextWriter): void {
    out.add(floatText(this.value));
  }
}

/**
 * `repr()` of a float: the fewest digits that read back as the same number (JavaScript finds the same
 * ones), with an exponent below 1e-4 and from 1e16 on.
 */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const magnitude = Math.abs(value);
  if (magnitude >= 1e16 || magnitude < 1e-4) return exponentText(value);
  const text = String(value);
  return text.includes(".") ? text : `${text}.0`;
}

function exponentText(value: number): string {
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Math.abs(Number(exponent));
  return `${digits}e${exponent.startsWith("-") ? "-" : "+"}${String(power).padStart(2, "0")}`;
}
