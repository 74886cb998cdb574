import { BoundMethod, Callable } from "../values/callable.ts";
import { sameOrEqual } from "../values/equality.ts";
import { iterate, tryLength } from "../values/iteration.ts";
import { typeError } from "../values/python-error.ts";
import type { TextWriter } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { type CallArguments, variadic } from "./native.ts";
import type { Runtime } from "./runtime.ts";

/** Renders a recursive loop's body for other items, one level deeper. */
export type Recurse = (items: Value, depth: number) => Value;

const CYCLE = variadic<Value>("cycle", (_rt, loop, args) => (loop as LoopContext).cycle(args));
const CHANGED = variadic<Value>("changed", (rt, loop, args) => (loop as LoopContext).changed(args, rt));

/** The `loop` of a `for`. It reads its items one by one, and ahead only when asked about what follows. */
export class LoopContext extends Callable {
  private static readonly attributes: ReadonlyMap<string, (loop: LoopContext) => Value> = new Map([
    ["index", (loop) => loop.index0 + 1],
    ["index0", (loop) => loop.index0],
    ["first", (loop) => loop.index0 === 0],
    ["last", (loop) => loop.peek() === undefined],
    ["length", (loop) => loop.size],
    ["revindex", (loop) => loop.size - loop.index0],
    ["revindex0", (loop) => loop.size - loop.index0 - 1],
    ["depth", (loop) => loop.depth0 + 1],
    ["depth0", (loop) => loop.depth0],
    ["previtem", (loop) => (loop.index0 === 0 ? loop.nothing("previous") : (loop.before as Value))],
    ["nextitem", (loop) => (loop.peek() === undefined ? loop.nothing("next") : (loop.after as Value))],
    ["cycle", (loop) => new BoundMethod<Value>(loop, CYCLE)],
    ["changed", (loop) => new BoundMethod<Value>(loop, CHANGED)],
  ]);

  readonly typeName = "LoopContext";
  private readonly rt: Runtime;
  private readonly source: Value;
  private readonly recurse: Recurse | undefined;
  private readonly depth0: number;
  private iterator: Iterator<Value>;
  private index0 = -1;
  private knownLength: number | undefined;
  private after: Value | undefined;
  private current: Value | undefined;
  private before: Value | undefined;
  private lastChanged: readonly Value[] | undefined;

  constructor(rt: Runtime, source: Value, recurse: Recurse | undefined, depth0: number) {
    super();
    this.rt = rt;
    this.source = source;
    this.recurse = recurse;
    this.depth0 = depth0;
    this.iterator = iterate(source, rt);
  }

  /** Goes on to the next item; undefined at the end. */
  next(): Value | undefined {
    const item = this.peek();
    this.after = undefined;
    if (item === undefined) return undefined;
    this.index0++;
    this.before = this.current;
    this.current = item;
    return item;
  }

  private pull(): Value | undefined {
    const next = this.iterator.next();
    return next.done ? undefined : next.value;
  }

  private peek(): Value | undefined {
    if (this.after === undefined) this.after = this.pull();
    return this.after;
  }

  /** The number of items. Of an iterator, it is found by reading it to its end. */
  private get size(): number {
    if (this.knownLength !== undefined) return this.knownLength;
    const known = tryLength(this.source, this.rt);
    if (known !== undefined) this.knownLength = known;
    else {
      const rest: Value[] = [];
      for (let item = this.pull(); item !== undefined; item = this.pull()) {
        this.rt.meter.spend(1);
        rest.push(item);
      }
      this.iterator = rest[Symbol.iterator]();
      this.knownLength = rest.length + this.index0 + 1 + (this.after === undefined ? 0 : 1);
    }
    return this.knownLength;
  }

  override length(): number {
    return this.size;
  }

  override isTrue(): boolean {
    return this.size > 0;
  }

  override attribute(name: string): Value | undefined {
    return LoopContext.attributes.get(name)?.(this);
  }

  override attributeNames(): Iterable<string> {
    return LoopContext.attributes.keys();
  }

  private nothing(which: string): Value {
    return this.rt.undefined({ hint: `there is no ${which} item` });
  }

  cycle({ positional, named }: CallArguments): Value {
    if (named?.size) throw typeError("LoopContext.cycle() got an unexpected keyword argument");
    if (positional.length === 0) throw typeError("no items for cycling given");
    return positional[this.index0 % positional.length] as Value;
  }

  /** Whether this call's values differ from those of the call before. */
  changed({ positional, named }: CallArguments, rt: Runtime): boolean {
    if (named?.size) throw typeError("LoopContext.changed() got an unexpected keyword argument");
    const last = this.lastChanged;
    const same =
      last?.length === positional.length &&
      positional.every((value, index) => sameOrEqual(value, last[index] as Value, rt));
    if (!same) this.lastChanged = positional;
    return !same;
  }

  /** `loop(items)` in a recursive loop. */
  override call(_rt: Runtime, { positional, named }: CallArguments): Value {
    if (!this.recurse) throw typeError("The loop must have the 'recursive' marker to be called recursively.");
    const [items, ...rest] = positional.length > 0 ? positional : [named?.get("iterable")];
    if (items === undefined || rest.length > 0) throw typeError("loop() takes exactly one argument");
    return this.recurse(items, this.depth0 + 1);
  }

  override represent(out: TextWriter): void {
    out.add(`<LoopContext ${this.index0 + 1}/${this.size}>`);
  }
}
