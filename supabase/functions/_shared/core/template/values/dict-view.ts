import type { Runtime } from "../runtime/runtime.ts";
import type { Dict } from "./dict.ts";
import { sameOrEqual } from "./equality.ts";
import type { TextWriter } from "./text.ts";
import { Tuple } from "./tuple.ts";
import { TemplateObject, type Value } from "./value.ts";

export type ViewKind = "keys" | "values" | "items";

/** What `dict.keys()`, `.values()` and `.items()` answer: it shows the dict as it is when looked at. */
export class DictView extends TemplateObject {
  readonly typeName: string;
  readonly dict: Dict;
  readonly kind: ViewKind;

  constructor(dict: Dict, kind: ViewKind) {
    super();
    this.typeName = `dict_${kind}`;
    this.dict = dict;
    this.kind = kind;
  }

  override length(): number {
    return this.dict.size;
  }

  override isTrue(): boolean {
    return this.dict.size > 0;
  }

  override *iterate(): Generator<Value> {
    const { dict } = this;
    if (this.kind === "keys") yield* dict.whileUnchanged(dict.keys());
    else if (this.kind === "values") yield* dict.whileUnchanged(dict.values());
    else for (const entry of dict.whileUnchanged(dict.entries())) yield new Tuple(entry);
  }

  /** Keys and items behave like sets; values are only ever the same as themselves. */
  equals(other: DictView, rt: Runtime): boolean {
    if (this.kind === "values" || other.kind === "values" || this.dict.size !== other.dict.size) return false;
    for (const item of this.iterate()) if (!other.contains(item, rt)) return false;
    return true;
  }

  contains(item: Value, rt: Runtime): boolean {
    if (this.kind === "keys") return this.dict.has(item, rt);
    if (this.kind === "items") return this.containsEntry(item, rt);
    for (const value of this.dict.values()) {
      rt.meter.spend(1);
      if (sameOrEqual(value, item, rt)) return true;
    }
    return false;
  }

  private containsEntry(item: Value, rt: Runtime): boolean {
    if (!(item instanceof Tuple) || item.items.length !== 2) return false;
    const [key, value] = item.items as [Value, Value];
    const found = this.dict.get(key, rt);
    return found !== undefined && sameOrEqual(found, value, rt);
  }

  override represent(out: TextWriter): void {
    out.add(`${this.typeName}(`);
    out.sequence("[", { [Symbol.iterator]: () => this.iterate() }, "]", this);
    out.add(")");
  }
}
