import type { Runtime } from "../runtime/runtime.ts";
import { characters, joined } from "../text/characters.ts";
import { likeText, toStr } from "../values/conversions.ts";
import { LazyIterator, toList, tryIterate } from "../values/iteration.ts";
import { Markup } from "../values/markup.ts";
import { runtimeError } from "../values/python-error.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { isReversible } from "./sequence-filters.ts";

export function reverse(rt: Runtime, value: Value): Value {
  if (typeof value === "string" || value instanceof Markup)
    return likeText(value, reverseText(rt, toStr(value, "value")));
  if (!tryIterate(value, rt)) throw runtimeError("argument must be iterable");
  const reversed = toList(value, rt).reverse();
  const lazy = isReversible(value);
  return lazy
    ? new LazyIterator(reversed[Symbol.iterator](), `${typeName(value)}_reverseiterator`)
    : reversed;
}

function reverseText(rt: Runtime, text: string): string {
  rt.meter.reserveText(text.length);
  rt.meter.reserveElements(text.length);
  return joined(characters(text, rt.meter).reverse(), rt.meter);
}
