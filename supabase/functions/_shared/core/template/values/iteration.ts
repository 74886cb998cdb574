import type { Runtime } from "../runtime/runtime.ts";
import { codePointLength, hasSurrogates } from "../text/code-points.ts";
import { Markup } from "./markup.ts";
import { typeError } from "./python-error.ts";
import type { TextWriter } from "./text.ts";
import { typeName } from "./type-name.ts";
import { TemplateObject, type Value } from "./value.ts";

/** `iter(value)`, or undefined for what cannot be iterated. */
export function tryIterate(value: Value, rt: Runtime): Iterator<Value> | undefined {
  if (Array.isArray(value)) return value[Symbol.iterator]();
  if (typeof value === "string") return value[Symbol.iterator]();
  // The characters of markup are plain text: only its subscripts are markup again.
  if (value instanceof Markup) return value.text[Symbol.iterator]();
  return value instanceof TemplateObject ? value.iterate(rt) : undefined;
}

/** `iter(value)` */
export function iterate(value: Value, rt: Runtime): Iterator<Value> {
  const iterator = tryIterate(value, rt);
  if (!iterator) throw typeError(`'${typeName(value)}' object is not iterable`);
  return iterator;
}

/** The items one after another, each of which costs a step. */
export function* items(value: Value, rt: Runtime): Generator<Value> {
  const iterator = iterate(value, rt);
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    rt.meter.spend(1);
    yield next.value;
  }
}

/** `list(value)`: always a new list. */
export function toList(value: Value, rt: Runtime): Value[] {
  const known = tryLength(value, rt);
  if (known !== undefined) rt.meter.reserveElements(known);
  if (Array.isArray(value)) return value.slice();
  const list: Value[] = [];
  const iterator = iterate(value, rt);
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    if (known === undefined) rt.meter.spend(1);
    else rt.meter.tick();
    list.push(next.value);
  }
  return list;
}

/** `len(value)`, or undefined where Python raises a TypeError. */
export function tryLength(value: Value, rt: Runtime): number | undefined {
  if (Array.isArray(value)) return value.length;
  if (typeof value === "string") return textLength(value, rt);
  if (value instanceof Markup) return textLength(value.text, rt);
  return value instanceof TemplateObject ? value.length(rt) : undefined;
}

function textLength(text: string, rt: Runtime): number {
  rt.meter.walkText(text.length);
  return hasSurrogates(text) ? codePointLength(text) : text.length;
}

/** `len(value)` */
export function length(value: Value, rt: Runtime): number {
  const known = tryLength(value, rt);
  if (known === undefined) throw typeError(`object of type '${typeName(value)}' has no len()`);
  return known;
}

/**
 * An iterator of Python, such as `map`, `select` and `batch` answer: read once, from front to back,
 * and computed only as far as it is read. It is always true and has no length.
 */
export class LazyIterator extends TemplateObject {
  readonly typeName: string;
  private readonly source: Iterator<Value>;

  constructor(source: Iterator<Value>, typeName = "generator") {
    super();
    this.source = source;
    this.typeName = typeName;
  }

  override iterate(): Iterator<Value> {
    // Without `return`, so that a loop that stops early leaves the rest to be read.
    return { next: () => this.source.next() };
  }

  override represent(out: TextWriter): void {
    out.address("the items of a filter", "turn them into a list with `|list` or a text with `|join`");
  }
}

/** A generator over values computed by `make`, which starts when first read. */
export function lazily(make: () => Generator<Value>): LazyIterator {
  return new LazyIterator(make());
}
