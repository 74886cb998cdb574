import { type CallArguments, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { BoundMethod, Callable } from "./callable.ts";
import { typeError } from "./python-error.ts";
import type { TextWriter } from "./text.ts";
import { Tuple } from "./tuple.ts";
import { TemplateObject, type Value } from "./value.ts";

const NEXT = native<Value>("next", "", (_rt, cycler) => (cycler as Cycler).next());
const RESET = native<Value>("reset", "", (_rt, cycler) => (cycler as Cycler).reset());

/** What `cycler(…)` answers: its items in turn, for ever. */
export class Cycler extends TemplateObject {
  readonly typeName = "Cycler";
  private readonly items: readonly Value[];
  private position = 0;

  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }

  private get current(): Value {
    return this.items[this.position] as Value;
  }

  next(): Value {
    const { current } = this;
    this.position = (this.position + 1) % this.items.length;
    return current;
  }

  reset(): null {
    this.position = 0;
    return null;
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case "current":
        return this.current;
      case "next":
        return new BoundMethod<Value>(this, NEXT);
      case "reset":
        return new BoundMethod<Value>(this, RESET);
      case "items":
        return new Tuple(this.items);
      case "pos":
        return this.position;
      default:
        return undefined;
    }
  }

  override represent(out: TextWriter): void {
    out.address("a cycler", "take its items with `next()`");
  }
}

/** What `joiner(…)` answers: nothing the first time it is called, its separator from then on. */
export class Joiner extends Callable {
  readonly typeName = "Joiner";
  private readonly separator: Value;
  private used = false;

  constructor(separator: Value) {
    super();
    this.separator = separator;
  }

  override call(_rt: Runtime, args: CallArguments): Value {
    if (args.positional.length > 0 || args.named?.size)
      throw typeError("Joiner.__call__() takes no arguments");
    if (this.used) return this.separator;
    this.used = true;
    return "";
  }

  override attribute(name: string): Value | undefined {
    if (name === "sep") return this.separator;
    return name === "used" ? this.used : undefined;
  }

  override represent(out: TextWriter): void {
    out.address("a joiner", "call it");
  }
}
