import { Callable } from "../values/callable.ts";
import { Dict } from "../values/dict.ts";
import { Markup } from "../values/markup.ts";
import { typeError } from "../values/python-error.ts";
import { quote, type TextWriter } from "../values/text.ts";
import { Tuple } from "../values/tuple.ts";
import type { Value } from "../values/value.ts";
import type { CallArguments } from "./native.ts";
import type { Runtime } from "./runtime.ts";

/** What a macro's definition says about its arguments. */
export interface MacroShape {
  /** Undefined for the body of a call block. */
  readonly name: string | undefined;
  readonly parameters: readonly string[];
  /** Whether the body uses `caller`, `kwargs` and `varargs`, and so accepts what they hold. */
  readonly usesCaller: boolean;
  readonly usesKwargs: boolean;
  readonly usesVarargs: boolean;
}

/** The arguments of a call, sorted out; a parameter that was not passed is undefined. */
export interface MacroArguments {
  readonly parameters: readonly (Value | undefined)[];
  readonly caller: Value;
  readonly kwargs: Value;
  readonly varargs: Value;
}

export class Macro extends Callable {
  readonly typeName = "Macro";
  private readonly shape: MacroShape;
  private readonly invoke: (args: MacroArguments) => string;

  constructor(shape: MacroShape, invoke: (args: MacroArguments) => string) {
    super();
    this.shape = shape;
    this.invoke = invoke;
  }

  override call(rt: Runtime, args: CallArguments): Value {
    // Whether the text counts as markup depends on where the macro is called, not on where it was defined.
    const { autoescape } = rt;
    const text = this.invoke(this.bind(rt, args));
    return autoescape ? new Markup(text) : text;
  }

  private bind(rt: Runtime, args: CallArguments): MacroArguments {
    const { parameters: names, usesCaller, usesVarargs } = this.shape;
    const named = new Map(args.named ?? []);
    const parameters: (Value | undefined)[] = args.positional.slice(0, names.length);
    const explicitCaller = names.includes("caller");
    for (const name of names.slice(parameters.length)) {
      parameters.push(named.get(name));
      named.delete(name);
    }
    let caller: Value = null;
    if (usesCaller && !explicitCaller) {
      caller = named.get("caller") ?? null;
      named.delete("caller");
      if (caller === null) caller = rt.undefined({ hint: "No caller defined" });
    }
    if (!usesVarargs && args.positional.length > names.length) {
      throw typeError(`macro ${this.quotedName()} takes not more than ${names.length} argument(s)`);
    }
    const varargs = new Tuple(args.positional.slice(names.length));
    return { parameters, caller, kwargs: this.bindKwargs(named), varargs };
  }

  private bindKwargs(named: ReadonlyMap<string, Value>): Value {
    if (this.shape.usesKwargs) return Dict.fromStrings(named);
    if (named.has("caller")) {
      throw typeError(
        `macro ${this.quotedName()} was invoked with two values for the special caller argument. This is most likely a bug.`,
      );
    }
    for (const name of named.keys())
      throw typeError(`macro ${this.quotedName()} takes no keyword argument '${name}'`);
    return null;
  }

  private quotedName(): string {
    return this.shape.name === undefined ? "None" : quote(this.shape.name);
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case "name":
        return this.shape.name ?? null;
      case "arguments":
        return new Tuple(this.shape.parameters);
      case "caller":
        return this.shape.usesCaller;
      case "catch_kwargs":
        return this.shape.usesKwargs;
      case "catch_varargs":
        return this.shape.usesVarargs;
      default:
        return undefined;
    }
  }

  override represent(out: TextWriter): void {
    out.add(`<Macro ${this.shape.name === undefined ? "anonymous" : quote(this.shape.name)}>`);
  }
}
