import type { Runtime } from "../runtime/runtime.ts";
import type { TextWriter } from "./text.ts";

/**
 * A value of Python as templates see it.
 *
 * - `None`, booleans and strings are JavaScript's; strings count in code points nevertheless.
 * - An `int` is a number while that is exact and a bigint beyond; see `integers.ts`.
 * - A `float` is a {@link Float}, so that `1.0` and `1` stay apart.
 * - A `list` is an array; all else is a {@link TemplateObject}.
 *
 * None of them ever refers to the caller's objects, to a prototype or to a function of JavaScript
 * that a template could reach.
 */
export type Value = null | boolean | number | bigint | string | Value[] | TemplateObject;

/** Anything but the plain values. Subclasses say what Python's protocols do for them. */
export abstract class TemplateObject {
  /** Python's name of the type, for messages. */
  abstract readonly typeName: string;

  isTrue(_rt: Runtime): boolean {
    return true;
  }

  /** `len()`, or undefined where Python has none. */
  length(_rt: Runtime): number | undefined {
    return undefined;
  }

  /** `iter()`, or undefined for what cannot be iterated. */
  iterate(_rt: Runtime): Iterator<Value> | undefined {
    return undefined;
  }

  /** An attribute that is no method (methods are in `methods/`), or undefined. */
  attribute(_name: string, _rt: Runtime): Value | undefined {
    return undefined;
  }

  /** Names of attributes, for hints. */
  attributeNames(): Iterable<string> {
    return [];
  }

  /** `object[key]`, or undefined where Python raises a LookupError or TypeError. */
  item(_key: Value, _rt: Runtime): Value | undefined {
    return undefined;
  }

  /** `str()`, or undefined where it is the same as `repr()`. */
  toText(_rt: Runtime): string | undefined {
    return undefined;
  }

  /** Writes `repr()`. */
  abstract represent(out: TextWriter): void;
}
