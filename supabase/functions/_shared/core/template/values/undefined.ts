import type { HashKey } from "./hash-key.ts";
import { PythonError } from "./python-error.ts";
import type { TextWriter } from "./text.ts";
import { TemplateObject, type Value } from "./value.ts";

export interface UndefinedDetails {
  /** The whole message, when it is not made from what follows. */
  readonly hint?: string | undefined;
  /** `repr`-like name of the object that lacks something, as `'dict object'`. */
  readonly owner?: string | undefined;
  /** What is missing: a variable, an attribute or an element. */
  readonly name?: string | undefined;
  /** Whether the name was given as a text, so that it is called an attribute. */
  readonly attribute?: boolean;
  /** Reaching for it was not allowed, rather than in vain. */
  readonly unsafe?: boolean;
  /** What the author may have meant, worked out only when there is an error. */
  readonly advice?: () => string | undefined;
  /** The variable to name in the error, when a variable is what is missing. */
  readonly variable?: string | undefined;
}

/**
 * What a name stands for that has no value. The default kind prints as nothing, is false, empty and
 * equal to others of its kind; a strict one may only be asked whether it is defined.
 */
export class Undefined extends TemplateObject {
  readonly typeName: string;
  readonly strict: boolean;
  private readonly details: UndefinedDetails;

  constructor(strict: boolean, details: UndefinedDetails) {
    super();
    this.strict = strict;
    this.typeName = strict ? "StrictUndefined" : "Undefined";
    this.details = details;
  }

  /** The error that using it raises. */
  error(): PythonError {
    const { unsafe, variable, advice } = this.details;
    const code = unsafe ? "security_error" : "undefined_error";
    return new PythonError(code, this.message(), { variable, hint: advice?.() });
  }

  private message(): string {
    const { hint, owner, name = "", attribute } = this.details;
    if (hint !== undefined) return hint;
    if (owner === undefined) return `'${name}' is undefined`;
    return attribute ? `'${owner}' has no attribute ${name}` : `${owner} has no element ${name}`;
  }

  private unlessStrict<T>(value: T): T {
    if (this.strict) throw this.error();
    return value;
  }

  override isTrue(): boolean {
    return this.unlessStrict(false);
  }

  override length(): number {
    return this.unlessStrict(0);
  }

  override iterate(): Iterator<Value> {
    return this.unlessStrict([])[Symbol.iterator]();
  }

  override attribute(): Value | undefined {
    throw this.error();
  }

  override item(): Value | undefined {
    throw this.error();
  }

  override toText(): string {
    return this.unlessStrict("");
  }

  override represent(out: TextWriter): void {
    out.add("Undefined");
  }

  /** As keys, all undefined values are one. */
  hash(): HashKey {
    return this.unlessStrict("\0u");
  }
}
