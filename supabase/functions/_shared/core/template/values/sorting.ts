import type { Runtime } from "../runtime/runtime.ts";
import { compareOrder } from "./ordering.ts";
import type { Value } from "./value.ts";

/** `sorted(items, key=…)`: stable, ordered by `<` of the keys alone. */
export function sortByKeys<T>(
  entries: readonly T[],
  keyOf: (entry: T) => Value,
  reverse: boolean,
  rt: Runtime,
): T[] {
  rt.meter.reserveElements(entries.length);
  const keyed = entries.map((entry) => ({ entry, key: keyOf(entry) }));
  const ordered = keyed.sort((a, b) => {
    rt.meter.spend(1);
    return reverse ? compareKeys(b.key, a.key, rt) : compareKeys(a.key, b.key, rt);
  });
  return ordered.map(({ entry }) => entry);
}

function compareKeys(a: Value, b: Value, rt: Runtime): number {
  if (compareOrder("<", a, b, rt)) return -1;
  return compareOrder("<", b, a, rt) ? 1 : 0;
}
