import type { Window } from "../methods/shared-text-methods.ts";
import type { Argument } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { characters, joined } from "../text/characters.ts";
import { hasSurrogates, pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { toSize } from "../values/conversions.ts";
import { Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { typeError, valueError } from "../values/python-error.ts";
import { Range } from "../values/range.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";

/** Which items a slice takes: `size` of them, from `start`, every `step`. */
export interface SliceBounds {
  readonly start: number;
  /** Before which index it ends. */
  readonly stop: number;
  readonly step: number;
  readonly size: number;
}

/** `value[start:stop:step]` */
export function slice(value: Value, start: Value, stop: Value, step: Value, rt: Runtime): Value {
  if (typeof value === "string") return sliceText(value, start, stop, step, rt);
  if (value instanceof Markup) return new Markup(sliceText(value.text, start, stop, step, rt));
  if (Array.isArray(value)) return pick(value, sliceBounds(value.length, start, stop, step), rt);
  if (value instanceof Tuple) {
    return new Tuple(pick(value.items, sliceBounds(value.items.length, start, stop, step), rt));
  }
  if (value instanceof Range) {
    const bounds = sliceBounds(value.size, start, stop, step);
    return value.slice(bounds.start, bounds.stop, bounds.step);
  }
  if (value instanceof Undefined) throw value.error();
  if (typeName(value) === "dict") throw typeError("unhashable type: 'slice'");
  throw typeError(`'${typeName(value)}' object is not subscriptable`);
}

function sliceText(text: string, start: Value, stop: Value, step: Value, rt: Runtime): string {
  rt.meter.walkText(text.length);
  const plain = !hasSurrogates(text);
  const units: ArrayLike<string> = plain ? text : characters(text, rt.meter);
  const bounds = sliceBounds(units.length, start, stop, step);
  if (plain && bounds.step === 1) return text.slice(bounds.start, bounds.start + bounds.size);
  return joined(pick(units, bounds, rt), rt.meter);
}

function pick<T>(items: ArrayLike<T>, { start, step, size }: SliceBounds, rt: Runtime): T[] {
  rt.meter.reserveElements(size);
  const picked: T[] = [];
  for (let index = 0; index < size; index++) {
    rt.meter.tick();
    picked.push(items[start + index * step] as T);
  }
  return picked;
}

/** Python's rules for bounds that are negative, missing or beyond the ends. */
export function sliceBounds(length: number, start: Value, stop: Value, step: Value): SliceBounds {
  const by = sliceIndex(step) ?? 1;
  if (by === 0) throw valueError("slice step cannot be zero");
  const lowest = by < 0 ? -1 : 0;
  const highest = by < 0 ? length - 1 : length;
  const clamp = (index: number | undefined, missing: number) => {
    if (index === undefined) return missing;
    return Math.min(Math.max(index < 0 ? index + length : index, lowest), highest);
  };
  const from = clamp(sliceIndex(start), by < 0 ? highest : lowest);
  const to = clamp(sliceIndex(stop), by < 0 ? lowest : highest);
  return { start: from, stop: to, step: by, size: Math.max(0, Math.ceil((to - from) / by)) };
}

function sliceIndex(value: Value): number | undefined {
  if (value === null) return undefined;
  const index = asInteger(value);
  if (index === undefined) {
    if (value instanceof Undefined) throw value.error();
    throw typeError("slice indices must be integers or None or have an __index__ method");
  }
  // A bound beyond all lengths is as good as the largest exact number.
  return Math.min(Math.max(Number(index), -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

/** What `str.find(part, start, end)` and its kin look at. */
export function textWindow(text: string, start: Argument, end: Argument): Window {
  const length = pythonLength(text);
  const bounds = sliceBounds(length, start ?? null, end ?? null, null);
  const from = start === undefined || start === null ? 0 : toSize(start);
  return {
    text: sliceCodePoints(text, bounds.start, bounds.start + bounds.size),
    offset: bounds.start,
    beyond: from > length || bounds.start > endOf(length, end),
  };
}

function endOf(length: number, end: Argument): number {
  if (end === undefined || end === null) return length;
  const index = toSize(end);
  return index < 0 ? Math.max(0, index + length) : Math.min(index, length);
}
