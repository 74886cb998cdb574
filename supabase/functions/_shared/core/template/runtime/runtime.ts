import type { Position } from "../ast.ts";
import type { Meter } from "../budgets.ts";
import type { ParsedTemplate } from "../parse-template.ts";
import { Undefined, type UndefinedDetails } from "../values/undefined.ts";
import { Output } from "./output.ts";

/** Finds a template that `from` includes or imports. Answers only what the caller has pinned beforehand. */
export type Loader = (name: string, from: ParsedTemplate) => ParsedTemplate | undefined;

/** Whether a template escapes what it prints; `{% autoescape %}` switches it. */
export interface Escaping {
  on: boolean;
}

export interface RuntimeOptions {
  readonly strict: boolean;
  readonly now: (() => Date) | undefined;
  readonly random: () => number;
  readonly loader: Loader | undefined;
}

/** What one render carries along; it ends with it. */
export class Runtime {
  readonly meter: Meter;
  readonly options: RuntimeOptions;
  readonly output: Output;
  /** Whether printed values are escaped, in the template that is running just now. */
  escaping: Escaping = { on: false };
  /** The place being evaluated, for the error if it fails. Set before whatever may fail. */
  at: Position = { line: 1, column: 1 };
  /** The template `at` is in. */
  template: ParsedTemplate;
  /** The template that was asked for. */
  readonly main: ParsedTemplate;
  /** Names of the templates whose rendering includes or imports the one running. */
  readonly including: string[] = [];
  private readonly identities = new WeakMap<object, number>();
  private identityCount = 0;

  constructor(template: ParsedTemplate, meter: Meter, options: RuntimeOptions) {
    this.template = template;
    this.main = template;
    this.meter = meter;
    this.options = options;
    this.output = new Output(meter);
  }

  /** Takes the steps of the statements that begin at a place. */
  charge(steps: number, place: Position): void {
    this.at = place;
    this.meter.spend(steps);
  }

  get autoescape(): boolean {
    return this.escaping.on;
  }

  /** Runs code of another template, or of another rendering of one, and comes back. */
  within<T>(template: ParsedTemplate, escaping: Escaping, run: () => T): T {
    const outer = { template: this.template, escaping: this.escaping, at: this.at };
    this.template = template;
    this.escaping = escaping;
    // No `finally`: after an error these say where it arose.
    const result = run();
    this.template = outer.template;
    this.escaping = outer.escaping;
    this.at = outer.at;
    return result;
  }

  /** A value for what has none, of the kind this render was asked to use. */
  undefined(details: UndefinedDetails): Undefined {
    return new Undefined(this.options.strict, details);
  }

  undefinedVariable(name: string): Undefined {
    return new Undefined(this.options.strict, { name, variable: name });
  }

  /** A number that is the object's own during this render. */
  identity(object: object): number {
    let identity = this.identities.get(object);
    if (identity === undefined) {
      identity = ++this.identityCount;
      this.identities.set(object, identity);
    }
    return identity;
  }
}
