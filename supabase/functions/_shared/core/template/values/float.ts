import { floatText } from "./float-text.ts";
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
