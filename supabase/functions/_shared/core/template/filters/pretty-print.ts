import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { matches } from "../text/characters.ts";
import { pythonLength } from "../text/code-points.ts";
import { splitLines } from "../text/split-seldom.ts";
import { Dict } from "../values/dict.ts";
import { compareOrder } from "../values/ordering.ts";
import { PythonError } from "../values/python-error.ts";
import { quote, repr } from "../values/text.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";

const WIDTH = 80;

/** `pprint.pformat`: the `repr`, dicts sorted by key, broken into lines where it is wider than 80. */
function prettyPrint(value: Value, rt: Runtime): string {
  const printer = new PrettyPrinter(rt);
  printer.print(value, 0, 0, 0);
  return printer.text;
}

class PrettyPrinter {
  text = "";
  private readonly rt: Runtime;

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  /**
   * @param indent column at which the value begins
   * @param allowance columns that what follows it needs
   */
  print(value: Value, indent: number, allowance: number, level: number): void {
    const flat = this.flat(value);
    if (pythonLength(flat) <= WIDTH - indent - allowance) this.add(flat);
    else if (typeof value === "string") this.printText(value, flat, indent, allowance, level + 1);
    else if (Array.isArray(value)) this.printItems("[", value, "]", indent, allowance, level + 1);
    else if (isPlainTuple(value)) {
      this.printItems("(", value.items, value.items.length === 1 ? ",)" : ")", indent, allowance, level + 1);
    } else if (value instanceof Dict) this.printDict(value, indent, allowance + 1, level + 1);
    else this.add(flat);
  }

  private add(text: string): void {
    this.rt.meter.reserveText(this.text.length + text.length);
    this.text += text;
  }

  private printItems(
    open: string,
    items: readonly Value[],
    close: string,
    indent: number,
    allowance: number,
    level: number,
  ): void {
    this.add(open);
    items.forEach((item, index) => {
      if (index > 0) this.add(`,\n${" ".repeat(indent + 1)}`);
      this.print(item, indent + 1, index === items.length - 1 ? allowance + close.length : 1, level);
    });
    this.add(close);
  }

  private printDict(dict: Dict, indent: number, allowance: number, level: number): void {
    const entries = this.sorted(dict);
    this.add("{");
    entries.forEach(([key, value], index) => {
      if (index > 0) this.add(`,\n${" ".repeat(indent + 1)}`);
      const name = this.flat(key);
      this.add(`${name}: `);
      this.print(
        value,
        indent + 1 + pythonLength(name) + 2,
        index === entries.length - 1 ? allowance : 1,
        level,
      );
    });
    this.add("}");
  }

  /** A long text as several literals, broken behind lines and words; in parentheses at the top. */
  private printText(text: string, flat: string, column: number, extra: number, level: number): void {
    const [indent, allowance] = level === 1 ? [column + 1, extra + 1] : [column, extra];
    const chunks = this.textChunks(text, WIDTH - indent, allowance);
    if (chunks.length === 1) {
      this.add(flat);
      return;
    }
    const joined = chunks.join(`\n${" ".repeat(indent)}`);
    this.add(level === 1 ? `(${joined})` : joined);
  }

  private textChunks(text: string, width: number, allowance: number): string[] {
    const lines = splitLines(text, this.rt.meter, true);
    const chunks: string[] = [];
    lines.forEach((line, index) => {
      const lastLine = index === lines.length - 1;
      const whole = quote(line, this.rt.meter);
      if (pythonLength(whole) <= (lastLine ? width - allowance : width)) chunks.push(whole);
      else chunks.push(...this.wordChunks(line, width, lastLine ? width - allowance : width));
    });
    return chunks;
  }

  private wordChunks(line: string, width: number, lastWidth: number): string[] {
    const words = matches(line, /\S+\s*|\s+/g, this.rt.meter);
    const chunks: string[] = [];
    let current = "";
    words.forEach((word, index) => {
      const candidate = current + word;
      this.rt.meter.walkText(candidate.length);
      const limit = index === words.length - 1 ? lastWidth : width;
      if (pythonLength(quote(candidate, this.rt.meter)) <= limit) current = candidate;
      else {
        if (current !== "") chunks.push(quote(current, this.rt.meter));
        current = word;
      }
    });
    if (current !== "") chunks.push(quote(current, this.rt.meter));
    return chunks;
  }

  /** The `repr` on one line, with sorted dicts. */
  private flat(value: Value): string {
    this.rt.meter.spend(1);
    if (!Array.isArray(value) && !(value instanceof Dict) && !isPlainTuple(value))
      return repr(value, this.rt);
    this.rt.meter.enter();
    const text = this.flatContainer(value);
    this.rt.meter.leave();
    this.rt.meter.reserveText(text.length);
    return text;
  }

  private flatContainer(value: Value[] | Dict | Tuple): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.flat(item)).join(", ")}]`;
    if (value instanceof Dict) {
      return `{${this.sorted(value)
        .map(([key, item]) => `${this.flat(key)}: ${this.flat(item)}`)
        .join(", ")}}`;
    }
    const items = value.items.map((item) => this.flat(item)).join(", ");
    return value.items.length === 1 ? `(${items},)` : `(${items})`;
  }

  private sorted(dict: Dict): [Value, Value][] {
    this.rt.meter.reserveElements(dict.size);
    return [...dict.entries()].sort(([a], [b]) => {
      this.rt.meter.spend(1);
      return this.comesBefore(a, b) ? -1 : this.comesBefore(b, a) ? 1 : 0;
    });
  }

  /** Keys that cannot be ordered are by the names of their types. */
  private comesBefore(a: Value, b: Value): boolean {
    try {
      return compareOrder("<", a, b, this.rt);
    } catch (error) {
      if (error instanceof PythonError && error.code === "type_error") return typeName(a) < typeName(b);
      throw error;
    }
  }
}

/** Groups of `groupby` look like tuples but are never broken into lines. */
function isPlainTuple(value: Value): value is Tuple {
  return value instanceof Tuple && value.constructor === Tuple;
}

export const NATIVES: readonly Native[] = [native("pprint", "", (rt, value) => prettyPrint(value, rt))];
