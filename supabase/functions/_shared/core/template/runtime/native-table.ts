import { type PartName, type Parts, part } from "../parts/parts.ts";
import type { Value } from "../values/value.ts";
import type { Native } from "./native.ts";

/** The parts that hold natives. */
export type NativePart = {
  [Name in PartName]: Parts[Name] extends { readonly NATIVES: unknown } ? Name : never;
}[PartName];

/** Natives by name: those that are always there, and the names of those that parts have. */
export class NativeTable<Self = Value> {
  private readonly entries = new Map<string, Native<Self> | NativePart>();

  /** @param elsewhere names by part, with spaces between */
  constructor(natives: readonly Native<Self>[], elsewhere: { readonly [Name in NativePart]?: string } = {}) {
    for (const native of natives) this.entries.set(native.name, native);
    for (const name of Object.keys(elsewhere) as NativePart[]) {
      for (const word of elsewhere[name]?.split(" ") ?? []) this.entries.set(word, name);
    }
  }

  /** @throws MissingPart */
  get(name: string): Native<Self> | undefined {
    const entry = this.entries.get(name);
    if (typeof entry !== "string") return entry;
    const natives: readonly Native<never>[] = part(entry).NATIVES;
    // A table is only ever asked for natives that take the values it is for.
    const found = natives.find((native) => native.name === name) as Native<Self> | undefined;
    if (found?.name === name) this.entries.set(name, found);
    return found;
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  keys(): IterableIterator<string> {
    return this.entries.keys();
  }
}
