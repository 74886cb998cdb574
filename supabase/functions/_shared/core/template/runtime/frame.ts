import type { Value } from "../values/value.ts";
import type { Context } from "./context.ts";
import type { Runtime } from "./runtime.ts";

/**
 * The variables of one running template, block, macro or recursive loop. Which slot a name has is
 * decided when the template is compiled; an empty slot is a name without value.
 */
export class Frame {
  readonly rt: Runtime;
  readonly slots: (Value | undefined)[];
  readonly context: Context;
  /** The frame whose names this one sees too. */
  readonly parent: Frame | undefined;

  constructor(rt: Runtime, size: number, context: Context, parent: Frame | undefined) {
    this.rt = rt;
    this.slots = new Array<Value | undefined>(size).fill(undefined);
    this.context = context;
    this.parent = parent;
  }
}
