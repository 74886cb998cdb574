import type { Position } from "../ast/expressions.ts";
import type { Block } from "../ast/statements.ts";
import type { ParsedTemplate } from "../parse-template.ts";
import type { Frame } from "../runtime/context.ts";
import { codeFrame, TemplateError, type TemplateErrorCode } from "../template-error.ts";
import type { Value } from "../values/value.ts";
import { Layout, Symbols, type Variable } from "./symbols.ts";

/** A compiled expression. */
export type Evaluate = (frame: Frame) => Value;

/** What a statement tells the loop around it. */
export const GO_ON = 0;
export const BREAK = 1;
export const CONTINUE = 2;
export type Signal = typeof GO_ON | typeof BREAK | typeof CONTINUE;

/** A compiled statement. */
export type Execute = (frame: Frame) => Signal;

/** What holds for a whole template while it is compiled. */
export interface Compilation {
  readonly template: ParsedTemplate;
  /** Whether an `{% extends %}` that is sure to be reached has been compiled. */
  surelyExtends: boolean;
  /** Syntax nodes compiled since the innermost body began. */
  nodes: number;
  /** The blocks found so far; they are compiled after the rest. */
  readonly blocks: Map<string, Block>;
}

export type EscapeMode = boolean | "dynamic";

/** Where in the template a statement is being compiled. */
export class Scope {
  readonly compilation: Compilation;
  readonly symbols: Symbols;
  /** Directly in the template, or in an `if` there: what is set here the template exports. */
  topLevel = false;
  /** Directly in the template. */
  rootLevel = false;
  /** In an `if` or conditional expression, where an unknown filter only matters once it is reached. */
  soft = false;
  /** Output is dropped here once the template has extended another. */
  outputGuarded = false;
  escaping: EscapeMode = false;
  /** Whether `break` and `continue` have a loop to act on. */
  inLoop = false;

  constructor(compilation: Compilation, symbols: Symbols) {
    this.compilation = compilation;
    this.symbols = symbols;
  }

  /** A scope for a root, a block or whatever else sees no names around it. */
  static root(compilation: Compilation): Scope {
    return new Scope(compilation, new Symbols(undefined, new Layout()));
  }

  /** A scope inside this one, in the same frame or, with a layout, in a frame of its own. */
  inner(layout: Layout = this.symbols.layout): Scope {
    const scope = new Scope(this.compilation, new Symbols(this.symbols, layout));
    scope.outputGuarded = this.outputGuarded;
    scope.escaping = this.escaping;
    scope.inLoop = this.inLoop;
    return scope;
  }

  /** The same scope as seen from inside an `if`. */
  softened(): Scope {
    const scope = new Scope(this.compilation, this.symbols);
    scope.topLevel = this.topLevel;
    scope.outputGuarded = this.outputGuarded;
    scope.escaping = this.escaping;
    scope.inLoop = this.inLoop;
    scope.soft = true;
    return scope;
  }

  /** A place in the frame for a value that has no name. */
  temporarySlot(): number {
    return this.layout.variable(this.symbols.level, ` ${this.layout.size}`).slot;
  }

  get layout(): Layout {
    return this.symbols.layout;
  }

  variable(name: string): Variable {
    const variable = this.symbols.find(name);
    if (variable) return variable;
    // Analysis has missed the name: it can only be one the template was given.
    this.symbols.load(name);
    return this.variable(name);
  }

  /** How many frames up from this scope's a variable lives. */
  distance(variable: Variable): number {
    let distance = 0;
    for (
      let layout: Layout | undefined = this.layout;
      layout && layout !== variable.layout;
      layout = layout.parent
    ) {
      distance++;
    }
    return distance;
  }

  /** An error found while compiling. */
  error(code: TemplateErrorCode, message: string, { line, column }: Position, hint?: string): TemplateError {
    const { source, name } = this.compilation.template;
    return new TemplateError({
      code,
      message,
      line,
      column,
      frame: codeFrame(source, line, column),
      hint,
      template: name,
    });
  }
}

/** The frame `distance` levels up. */
export function frameAt(frame: Frame, distance: number): Frame {
  let at = frame;
  for (let level = distance; level > 0; level--) at = at.parent as Frame;
  return at;
}
