import { didYouMean } from "../text/nearest-name.ts";
import { typeError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";
import type { Runtime } from "./runtime.ts";

/** An argument as a body receives it; one that was not passed is undefined. */
export type Argument = Value | undefined;

/** The body of a filter, test, method or function. `self` is the filter's input or the method's object. */
export type NativeBody<Self> = (rt: Runtime, self: Self, ...args: Argument[]) => Value;

/** A body that takes whatever is passed. */
export type VariadicBody<Self> = (rt: Runtime, self: Self, args: CallArguments) => Value;

/** A function of the engine that templates can call, with Python's rules for passing arguments. */
export interface Native<Self = Value> {
  readonly name: string;
  /** Names of the parameters behind `self`, in order. */
  readonly parameters: readonly string[];
  readonly required: number;
  /** How many of the parameters can only be passed by position. */
  readonly positionalOnly: number;
  readonly body: NativeBody<Self> | undefined;
  readonly variadic: VariadicBody<Self> | undefined;
}

/**
 * Describes a native function by Python's notation for signatures.
 *
 * @param signature as `width, fill=, /`: `=` marks a parameter that may be left out, and all before
 * `/` can only be passed by position
 */
export function native<Self = Value>(name: string, signature: string, body: NativeBody<Self>): Native<Self> {
  const words = signature === "" ? [] : signature.split(", ");
  const slash = words.indexOf("/");
  const parameters = words.filter((word) => word !== "/");
  return {
    name,
    parameters: parameters.map((word) => word.replace("=", "")),
    required: parameters.filter((word) => !word.endsWith("=")).length,
    positionalOnly: Math.max(slash, 0),
    body,
    variadic: undefined,
  };
}

/** A native function that takes any arguments. */
export function variadic<Self = Value>(name: string, body: VariadicBody<Self>): Native<Self> {
  return { name, parameters: [], required: 0, positionalOnly: 0, body: undefined, variadic: body };
}

/** Calls a native function, arguments bound to its parameters. */
export function callNative<Self>(entry: Native<Self>, rt: Runtime, self: Self, args: CallArguments): Value {
  if (entry.variadic) return entry.variadic(rt, self, args);
  const count = args.positional.length;
  const simple = args.named === undefined && count >= entry.required && count <= entry.parameters.length;
  const bound = simple ? args.positional : bindArguments(entry, args);
  return (entry.body as NativeBody<Self>)(rt, self, ...bound);
}

function bindArguments<Self>(entry: Native<Self>, { positional, named }: CallArguments): Argument[] {
  const { name, parameters, required, positionalOnly } = entry;
  if (positional.length > parameters.length) {
    const most = parameters.length === 1 ? "1 argument" : `${parameters.length} arguments`;
    throw typeError(`${name}() takes at most ${most} (${positional.length} given)`);
  }
  const bound: Argument[] = [...positional];
  for (const [key, value] of named ?? []) {
    const index = parameters.indexOf(key);
    if (index < positionalOnly) {
      const hint = didYouMean(key, parameters.slice(positionalOnly));
      throw typeError(`${name}() got an unexpected keyword argument '${key}'`, hint);
    }
    if (index < positional.length) throw typeError(`${name}() got multiple values for argument '${key}'`);
    bound[index] = value;
  }
  for (let index = 0; index < required; index++) {
    if (bound[index] === undefined)
      throw typeError(`${name}() missing required argument: '${parameters[index]}'`);
  }
  return Array.from({ length: parameters.length }, (_, index) => bound[index]);
}

/** What a call passes: values in order, and values by name. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value> | undefined;
}

export const NO_CALL_ARGUMENTS: CallArguments = { positional: [], named: undefined };
