import type { Meter } from "../budgets.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { escapeCharacter, nonPrintable } from "../text/escape-character.ts";
import { inPieces } from "../text/pieces.ts";
import { integerText } from "./integers.ts";
import { notSupported } from "./python-error.ts";
import { TemplateObject, type Value } from "./value.ts";

/** `str(value)` */
export function str(value: Value, rt: Runtime): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
      return integerText(value);
    case "boolean":
      return value ? "True" : "False";
    default:
      if (value === null) return "None";
      return (value instanceof TemplateObject ? value.toText(rt) : undefined) ?? repr(value, rt);
  }
}

/** `repr(value)` */
export function repr(value: Value, rt: Runtime): string {
  const out = new TextWriter(rt);
  out.value(value);
  return out.text;
}

/** Builds the `repr` of nested values, charging for the text before it grows. */
export class TextWriter {
  readonly rt: Runtime;
  private written = "";
  /** The containers being written, to find those that contain themselves. */
  private readonly open: Value[] = [];

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  get text(): string {
    return this.written;
  }

  add(text: string): void {
    this.rt.meter.walkText(text.length);
    this.written += text;
    if (this.written.length > this.rt.meter.budgets.outputBytes)
      this.rt.meter.reserveText(this.written.length);
  }

  /**
   * Refuses what Python shows by its address in memory: a text that differs each time and that no
   * template means to print.
   */
  address(what: string, hint: string): never {
    throw notSupported(`Printing ${what} would show only its address in memory.`, hint);
  }

  value(value: Value): void {
    this.rt.meter.spend(1);
    if (typeof value === "string") this.add(quote(value, this.rt.meter));
    else if (Array.isArray(value)) this.sequence("[", value, "]", value);
    else if (value instanceof TemplateObject) value.represent(this);
    else this.add(str(value, this.rt));
  }

  sequence(open: string, items: Iterable<Value>, close: string, owner: Value): void {
    this.contained(owner, open, close, () => {
      let first = true;
      for (const item of items) {
        if (!first) this.add(", ");
        first = false;
        this.value(item);
      }
    });
  }

  mapping(open: string, entries: Iterable<readonly [Value, Value]>, close: string, owner: Value): void {
    this.contained(owner, open, close, () => {
      let first = true;
      for (const [key, value] of entries) {
        if (!first) this.add(", ");
        first = false;
        this.value(key);
        this.add(": ");
        this.value(value);
      }
    });
  }

  /** A container inside itself is written as Python does: `[...]`. */
  private contained(owner: Value, open: string, close: string, write: () => void): void {
    if (this.open.includes(owner)) {
      this.add(`${open}...${close.slice(-1)}`);
      return;
    }
    this.rt.meter.enter();
    this.open.push(owner);
    this.add(open);
    write();
    this.add(close);
    this.open.pop();
    this.rt.meter.leave();
  }
}

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * `repr()` of a string: single quotes unless it holds some and no double ones.
 *
 * @param meter may be left out where the text is a name
 */
export function quote(text: string, meter?: Meter): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return mark + text + mark;
  const quoted = inPieces(text, meter, (piece) => {
    let written = "";
    for (const character of piece) {
      if (character === mark) written += `\\${mark}`;
      else
        written += ESCAPES[character] ?? (nonPrintable(character) ? escapeCharacter(character) : character);
    }
    return written;
  });
  return mark + quoted + mark;
}
