import type { Runtime } from "../runtime/runtime.ts";
import { inPieces } from "../text/pieces.ts";
import { Dict } from "../values/dict.ts";
import { Float, floatText } from "../values/float.ts";
import { integerText } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { typeError, valueError } from "../values/python-error.ts";
import { sortByKeys } from "../values/sorting.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import type { TemplateObject, Value } from "../values/value.ts";

export interface JsonOptions {
  readonly indent: string | undefined;
  readonly sortKeys: boolean;
  readonly ensureAscii: boolean;
  readonly itemSeparator?: string;
  readonly keySeparator?: string;
}

/** Python's `json.dumps`. */
export class JsonWriter {
  private readonly rt: Runtime;
  private readonly options: JsonOptions;
  private readonly itemSeparator: string;
  private readonly keySeparator: string;
  private readonly open: Value[] = [];
  private text = "";

  constructor(rt: Runtime, options: JsonOptions) {
    this.rt = rt;
    this.options = options;
    this.itemSeparator = options.itemSeparator ?? (options.indent === undefined ? ", " : ",");
    this.keySeparator = options.keySeparator ?? ": ";
  }

  write(value: Value): string {
    this.value(value);
    return this.text;
  }

  private add(text: string): void {
    this.text += text;
    this.rt.meter.walkText(text.length);
    if (this.text.length > this.rt.meter.budgets.outputBytes) this.rt.meter.reserveText(this.text.length);
  }

  private value(value: Value): void {
    this.rt.meter.spend(1);
    switch (typeof value) {
      case "string":
        this.add(this.quoted(value));
        return;
      case "boolean":
        this.add(value ? "true" : "false");
        return;
      case "number":
      case "bigint":
        this.add(integerText(value));
        return;
      default:
        if (value === null) this.add("null");
        else this.object(value);
    }
  }

  private object(value: Value[] | TemplateObject): void {
    if (value instanceof Float) this.add(floatJson(value.value));
    else if (value instanceof Markup) this.add(this.quoted(value.text));
    else if (Array.isArray(value)) this.items(value, value);
    else if (value instanceof Tuple) this.items(value.items, value);
    else if (value instanceof Dict) this.entries(value);
    else throw typeError(`Object of type ${typeName(value)} is not JSON serializable`);
  }

  private items(items: readonly Value[], owner: Value): void {
    this.container("[", "]", owner, items, (item) => this.value(item));
  }

  private entries(dict: Dict): void {
    const all = [...dict.entries()];
    const entries = this.options.sortKeys ? sortByKeys(all, ([key]) => key, false, this.rt) : all;
    this.container("{", "}", dict, entries, ([key, value]) => {
      this.add(this.quoted(keyText(key)) + this.keySeparator);
      this.value(value);
    });
  }

  private container<T>(
    open: string,
    close: string,
    owner: Value,
    members: readonly T[],
    write: (member: T) => void,
  ): void {
    if (members.length === 0) {
      this.add(open + close);
      return;
    }
    if (this.open.includes(owner)) throw valueError("Circular reference detected");
    this.rt.meter.enter();
    this.open.push(owner);
    this.add(open);
    members.forEach((member, index) => {
      if (index > 0) this.add(this.itemSeparator);
      this.newLine();
      write(member);
    });
    this.open.pop();
    this.newLine();
    this.add(close);
    this.rt.meter.leave();
  }

  private newLine(): void {
    const { indent } = this.options;
    if (indent === undefined) return;
    this.rt.meter.reserveText(indent.length * this.open.length);
    this.add(`\n${indent.repeat(this.open.length)}`);
  }

  private quoted(text: string): string {
    this.rt.meter.walkText(text.length);
    // Without the quotes of each piece.
    const quoted = inPieces(text, this.rt.meter, (piece) => this.escaped(piece));
    return `"${quoted}"`;
  }

  private escaped(text: string): string {
    const quoted = JSON.stringify(text).slice(1, -1);
    if (!this.options.ensureAscii) return quoted;
    // JSON.stringify escapes nothing from U+007F on but lone surrogates, which Python writes alike.
    return quoted.replace(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  }
}

function floatJson(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return floatText(value);
}

function keyText(key: Value): string {
  if (typeof key === "string") return key;
  if (key instanceof Markup) return key.text;
  if (key === null) return "null";
  if (typeof key === "boolean") return key ? "true" : "false";
  if (key instanceof Float) return floatJson(key.value);
  if (typeof key === "number" || typeof key === "bigint") return integerText(key);
  throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}
