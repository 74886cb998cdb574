import type { Runtime } from "../runtime/runtime.ts";
import { toSize } from "../values/conversions.ts";
import type { Integer } from "../values/integers.ts";
import { Markup } from "../values/markup.ts";
import { Tuple } from "../values/tuple.ts";
import type { Value } from "../values/value.ts";

/** `sequence * times`, or undefined when it is no sequence. */
export function repeatSequence(sequence: Value, times: Integer, rt: Runtime): Value | undefined {
  const isSequence = typeof sequence === "string" || Array.isArray(sequence) || sequence instanceof Markup;
  if (!isSequence && !(sequence instanceof Tuple)) return undefined;
  const count = Math.max(0, toSize(times));
  if (typeof sequence === "string") return repeatText(sequence, count, rt);
  if (sequence instanceof Markup) return new Markup(repeatText(sequence.text, count, rt));
  if (Array.isArray(sequence)) return repeatItems(sequence, count, rt);
  return new Tuple(repeatItems(sequence.items, count, rt));
}

/** `text.repeat(times)`, charged before it is made. */
export function repeatText(text: string, times: number, rt: Runtime): string {
  if (text === "" || times <= 0) return "";
  rt.meter.reserveText(text.length * times);
  return text.repeat(times);
}

function repeatItems(items: readonly Value[], times: number, rt: Runtime): Value[] {
  if (items.length === 0 || times <= 0) return [];
  rt.meter.reserveElements(items.length * times);
  const repeated: Value[] = [];
  for (let round = 0; round < times; round++) {
    for (const item of items) {
      rt.meter.tick();
      repeated.push(item);
    }
  }
  return repeated;
}
