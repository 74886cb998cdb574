import type { TextWriter } from "./text.ts";
import { TemplateObject, type Value } from "./value.ts";

export class Tuple extends TemplateObject {
  readonly typeName: string = "tuple";
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }

  override isTrue(): boolean {
    return this.items.length > 0;
  }

  override length(): number {
    return this.items.length;
  }

  override iterate(): Iterator<Value> {
    return this.items[Symbol.iterator]();
  }

  override represent(out: TextWriter): void {
    out.sequence("(", this.items, this.items.length === 1 ? ",)" : ")", this);
  }
}
