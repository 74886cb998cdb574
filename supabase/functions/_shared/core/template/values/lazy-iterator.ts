import type { TextWriter } from "./text.ts";
import { TemplateObject, type Value } from "./value.ts";

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
