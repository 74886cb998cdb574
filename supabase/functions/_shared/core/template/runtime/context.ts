import type { Value } from "../values/value.ts";
import type { Escaping, Runtime } from "./runtime.ts";

/** The variables of one template while it renders: what it was given, and what it has set on top. */
export class Context {
  /** Variables set at the top level of the template. */
  readonly vars = new Map<string, Value>();
  /** Names among `vars` that an import of this template provides. */
  readonly exported = new Set<string>();
  private readonly parents: readonly ReadonlyMap<string, Value>[];
  /** Implementations of each block, the most derived template's first. */
  readonly blocks: Map<string, BlockBody[]>;
  readonly escaping: Escaping;
  /** The template this one extends, once it has said so. */
  parent: RootBody | undefined;

  /** @param parents where names not in `vars` are looked for, in order */
  constructor(
    parents: readonly ReadonlyMap<string, Value>[],
    blocks: Map<string, BlockBody[]>,
    escaping: Escaping = { on: false },
  ) {
    this.parents = parents;
    this.blocks = blocks;
    this.escaping = escaping;
  }

  /** The value of a name, or undefined where there is none. */
  resolve(name: string): Value | undefined {
    const own = this.vars.get(name);
    if (own !== undefined) return own;
    for (const parent of this.parents) {
      const value = parent.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** The names of all variables. */
  *names(): Generator<string> {
    for (const variables of [this.vars, ...this.parents]) yield* variables.keys();
  }

  /** This context with more variables in front, for a block that sees those around it. */
  derived(locals: ReadonlyMap<string, Value>): Context {
    return new Context([locals, this.vars, ...this.parents], this.blocks, this.escaping);
  }

  /** A context for another template that sees what this one does. */
  shared(locals: ReadonlyMap<string, Value>, blocks: Map<string, BlockBody[]>): Context {
    return new Context([locals, this.vars, ...this.parents], blocks);
  }

  /** The variables an import of this template provides. */
  exports(): Map<string, Value> {
    const exports = new Map<string, Value>();
    for (const name of this.exported) {
      const value = this.vars.get(name);
      if (value !== undefined) exports.set(name, value);
    }
    return exports;
  }
}

/** A compiled block: writes its text for a context. */
export type BlockBody = (rt: Runtime, context: Context) => void;

/** A template that another one extends: what is left to do once that one has run. */
export type RootBody = (rt: Runtime, context: Context) => void;

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
