import type { Runtime } from "../runtime/runtime.ts";
import { type HashKey, hashKey } from "./hash-key.ts";
import { runtimeError } from "./python-error.ts";
import type { TextWriter } from "./text.ts";
import { TemplateObject, type Value } from "./value.ts";

/**
 * Python's `dict`: insertion-ordered, with Python's equality of keys (`1`, `1.0` and `True` are one).
 * Keys live in a `Map`, so a key named `__proto__` or `constructor` is a key like any other.
 */
export class Dict extends TemplateObject {
  readonly typeName = "dict";
  private readonly entriesByHash = new Map<HashKey, Value>();
  /** The keys whose hash is another value than they are: floats, booleans, tuples and so on. */
  private odd: Map<HashKey, Value> | undefined;

  static fromStrings(entries: Iterable<readonly [string, Value]>): Dict {
    const dict = new Dict();
    for (const [key, value] of entries) dict.setString(key, value);
    return dict;
  }

  get size(): number {
    return this.entriesByHash.size;
  }

  get(key: Value, rt: Runtime): Value | undefined {
    return this.entriesByHash.get(hashKey(key, rt));
  }

  has(key: Value, rt: Runtime): boolean {
    return this.entriesByHash.has(hashKey(key, rt));
  }

  set(key: Value, value: Value, rt: Runtime): void {
    const hash = hashKey(key, rt);
    if (hash !== key && !this.entriesByHash.has(hash)) {
      this.odd ??= new Map();
      this.odd.set(hash, key);
    }
    this.entriesByHash.set(hash, value);
  }

  /** `set` for a key known to be a string. */
  setString(key: string, value: Value): void {
    if (key.charCodeAt(0) !== 0) this.entriesByHash.set(key, value);
    else {
      const hash = hashKey(key);
      this.odd ??= new Map();
      this.odd.set(hash, key);
      this.entriesByHash.set(hash, value);
    }
  }

  getString(key: string): Value | undefined {
    return this.entriesByHash.get(key.charCodeAt(0) === 0 ? hashKey(key) : key);
  }

  delete(key: Value, rt: Runtime): boolean {
    const hash = hashKey(key, rt);
    this.odd?.delete(hash);
    return this.entriesByHash.delete(hash);
  }

  clear(): void {
    this.entriesByHash.clear();
    this.odd = undefined;
  }

  *entries(): Generator<[Value, Value]> {
    for (const [hash, value] of this.entriesByHash) yield [this.keyOf(hash), value];
  }

  *keys(): Generator<Value> {
    for (const hash of this.entriesByHash.keys()) yield this.keyOf(hash);
  }

  values(): IterableIterator<Value> {
    return this.entriesByHash.values();
  }

  private keyOf(hash: HashKey): Value {
    const odd = this.odd?.get(hash);
    return odd === undefined ? (hash as Value) : odd;
  }

  override isTrue(): boolean {
    return this.size > 0;
  }

  override length(): number {
    return this.size;
  }

  override iterate(): Iterator<Value> {
    return this.whileUnchanged(this.keys());
  }

  /** Walks over keys, values or entries; as in Python, adding or removing keys meanwhile is an error. */
  *whileUnchanged<T>(iterator: Iterator<T>): Generator<T> {
    const { size } = this;
    for (;;) {
      if (this.size !== size) throw runtimeError("dictionary changed size during iteration");
      const next = iterator.next();
      if (next.done) return;
      yield next.value;
    }
  }

  override item(key: Value, rt: Runtime): Value | undefined {
    return typeof key === "string" ? this.getString(key) : this.get(key, rt);
  }

  override represent(out: TextWriter): void {
    out.mapping("{", this.entries(), "}", this);
  }
}
