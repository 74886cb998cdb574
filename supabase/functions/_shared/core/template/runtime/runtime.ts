import type { Position } from "../ast/expressions.ts";
import type { Meter } from "../budgets.ts";
import type { ParsedTemplate } from "../parse-template.ts";
import { codeFrame, errorWithin, TemplateError, type TemplatePlace } from "../template-error.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { budgetError, PythonError } from "../values/python-error.ts";
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

/** Some of Python's messages quote the value that is at fault, and values may be very long. */
const LONGEST_MESSAGE = 1000;

function shortened(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}…` : message;
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
  /** Where the templates around the one running were left, the outermost first. */
  private readonly left: TemplatePlace[] = [];
  private names: Map<ParsedTemplate, string> | undefined;
  /** The template being fetched and compiled: errors of that are in it. */
  private loading: string | undefined;
  /** Names of the templates whose rendering includes or imports the one running. */
  readonly including: string[] = [];
  private identities: WeakMap<object, number> | undefined;
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
    const another = template !== outer.template;
    if (another) this.left.push(this.place());
    this.template = template;
    this.escaping = escaping;
    // No `finally`: after an error these say where it arose.
    const result = run();
    if (another) this.left.pop();
    this.template = outer.template;
    this.escaping = outer.escaping;
    this.at = outer.at;
    return result;
  }

  private place(): TemplatePlace {
    const { line, column } = this.at;
    return { template: this.names?.get(this.template) ?? this.template.name, line, column };
  }

  /** Fetches and prepares another template; errors of that are errors in it. */
  load<T>(name: string, prepare: (template: ParsedTemplate) => T): T | undefined {
    this.loading = name;
    const template = this.options.loader?.(name, this.template);
    if (template && template !== this.main) {
      this.names ??= new Map();
      this.names.set(template, name);
    }
    const prepared = template && prepare(template);
    this.loading = undefined;
    return prepared;
  }

  /** Adds to an error where it arose. */
  locate(error: unknown): TemplateError | undefined {
    const outer = this.left.toReversed();
    const here = this.place();
    if (error instanceof TemplateError) {
      if (this.loading !== undefined) return errorWithin(error, this.loading, [here, ...outer]);
      return error;
    }
    // The one thing left to go wrong is a nesting that JavaScript's own stack has no room for.
    const raised =
      error instanceof RangeError ? budgetError("nesting", "Rendering nests too deeply.") : error;
    if (!(raised instanceof PythonError)) return undefined;
    const { code, hint, variable, budget } = raised;
    const message = shortened(raised.message);
    const frame = codeFrame(this.template.source, here.line, here.column);
    return new TemplateError({ ...here, code, message, hint, variable, budget, frame, includedFrom: outer });
  }

  /** A value for what has none, of the kind this render was asked to use. */
  undefined(details: UndefinedDetails): Undefined {
    return new Undefined(this.options.strict, details);
  }

  /** @param known the names there are */
  undefinedVariable(name: string, known: () => Iterable<string>): Undefined {
    const advice = () => didYouMean(name, known());
    return new Undefined(this.options.strict, { name, variable: name, advice });
  }

  /** A number that is the object's own during this render. */
  identity(object: object): number {
    this.identities ??= new WeakMap();
    let identity = this.identities.get(object);
    if (identity === undefined) {
      identity = ++this.identityCount;
      this.identities.set(object, identity);
    }
    return identity;
  }
}
