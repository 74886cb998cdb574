import { subscript } from "../operators/subscript.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { Dict } from "../values/dict.ts";
import { asInteger } from "../values/numbers.ts";
import { typeError } from "../values/python-error.ts";
import { Range } from "../values/range.ts";
import { Tuple } from "../values/tuple.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";

/** The right side of `format % …`: a tuple of arguments, a mapping, or the one argument itself. */
export class PercentArguments {
  private readonly rt: Runtime;
  private readonly mapping: Value | undefined;
  private queue: readonly Value[];
  private used = 0;

  constructor(argument: Value, rt: Runtime) {
    this.rt = rt;
    this.mapping = isMapping(argument) ? argument : undefined;
    this.queue = argument instanceof Tuple ? argument.items : [argument];
  }

  get hasMapping(): boolean {
    return this.mapping !== undefined;
  }

  /** `%(key)s`: the next argument is the one of that name. */
  selectKey(key: string): void {
    this.queue = [subscript(this.mapping as Value, key, this.rt)];
    this.used = 0;
  }

  next(): Value {
    const value = this.queue[this.used];
    if (value === undefined) throw typeError("not enough arguments for format string");
    this.used++;
    return value;
  }

  nextInteger(): number {
    const value = asInteger(this.next());
    if (value === undefined) throw typeError("* wants int");
    return Number(value);
  }

  checkAllUsed(): void {
    if (this.used < this.queue.length && !this.hasMapping) {
      throw typeError("not all arguments converted during string formatting");
    }
  }
}

/** What Python takes for a mapping here: nearly everything that has subscripts. */
function isMapping(value: Value): boolean {
  return (
    value instanceof Dict || value instanceof Undefined || value instanceof Range || Array.isArray(value)
  );
}
