import type { Meter } from "../budgets.ts";
import { utf8Length } from "../text/code-points.ts";
import { Dict } from "./dict.ts";
import { Float } from "./float.ts";
import { integer, integerFromFloat } from "./integers.ts";
import { budgetError, typeError } from "./python-error.ts";
import type { Value } from "./value.ts";

/** What a number, `null` or boolean counts for in the budget of variables. */
const SMALL_VALUE_BYTES = 8;

const SHORT_TEXT = 24;

/** Copies the caller's variables into values, so that templates can change their copy only. */
export class Converter {
  private readonly limit: number;
  private readonly nesting: number;
  private bytes = 0;

  constructor(meter: Meter) {
    this.limit = meter.budgets.variableBytes;
    this.nesting = meter.budgets.nesting;
  }

  /** @throws PythonError `budget_exceeded`, or `type_error` for what is no JSON */
  variables(variables: Readonly<Record<string, unknown>>): Map<string, Value> {
    const values = new Map<string, Value>();
    for (const name of Object.keys(variables)) {
      const value = variables[name];
      if (value === undefined) continue;
      this.countText(name);
      values.set(name, this.convert(value, 1));
    }
    return values;
  }

  private convert(value: unknown, depth: number): Value {
    switch (typeof value) {
      case "string":
        return this.countText(value);
      case "number":
        this.count(SMALL_VALUE_BYTES);
        return Number.isInteger(value) ? integerFromFloat(value) : new Float(value);
      case "bigint":
        this.count(value.toString(16).length);
        return integer(value);
      case "boolean":
        this.count(SMALL_VALUE_BYTES);
        return value;
      default:
        return this.convertObject(value, depth);
    }
  }

  private convertObject(value: unknown, depth: number): Value {
    this.count(SMALL_VALUE_BYTES);
    if (value === null) return null;
    if (value instanceof Float) return value;
    if (depth > this.nesting)
      throw budgetError("nesting", `A variable nests deeper than ${this.nesting} levels.`);
    if (Array.isArray(value)) return value.map((item) => this.convert(item ?? null, depth + 1));
    if (!isPlainObject(value) && !(value instanceof Map))
      throw typeError("Variables must be JSON: text, numbers, booleans, null, lists and objects.");
    const dict = new Dict();
    const isMap = value instanceof Map;
    for (const key of isMap ? value.keys() : Object.keys(value)) {
      const item = isMap ? value.get(key) : value[key];
      if (item !== undefined) dict.setString(this.countText(key), this.convert(item, depth + 1));
    }
    return dict;
  }

  private countText(text: string): string {
    // Counting begins with what the text takes at least, so that no long text is walked for nothing.
    if (this.bytes + text.length > this.limit) this.count(text.length);
    // A short text is counted in less time than a pattern takes to begin.
    this.count(text.length > SHORT_TEXT && isAscii(text) ? text.length : utf8Length(text));
    return text;
  }

  private count(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.limit) {
      throw budgetError("variable_bytes", `The variables are longer than ${this.limit} bytes.`);
    }
  }
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it looks for
  return /^[\x00-\x7f]*$/.test(text);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
