import { getItem } from "../operators/subscript.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { Markup } from "../values/markup.ts";
import { str } from "../values/text.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";

export type Getter = (item: Value) => Value;

/** Texts in lower case, for filters that ignore case unless told otherwise. */
export function ignoreCase(value: Value, rt: Runtime): Value {
  if (value instanceof Markup) return new Markup(lowerCase(value.text, rt));
  return typeof value === "string" ? lowerCase(value, rt) : value;
}

function lowerCase(text: string, rt: Runtime): string {
  rt.meter.reserveText(text.length);
  return text.toLowerCase();
}

/** The steps of an attribute such as `user.tags.0`; null stands for the item itself. */
function pathOf(attribute: Value, rt: Runtime): Value[] {
  if (attribute === null) return [];
  if (typeof attribute !== "string" && !(attribute instanceof Markup)) return [attribute];
  const steps = str(attribute, rt).split(".");
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

interface GetterOptions {
  readonly ignoreCase?: boolean;
  /** What takes the place of an undefined value. */
  readonly default?: Value;
}

/** A function that answers an item's attribute, which may be a path with dots. */
export function attributeGetter(rt: Runtime, attribute: Value, options: GetterOptions = {}): Getter {
  const path = pathOf(attribute, rt);
  const otherwise = options.default ?? null;
  return (item) => {
    let value = item;
    for (const step of path) {
      rt.meter.spend(1);
      value = getItem(value, step, rt);
      if (otherwise !== null && value instanceof Undefined) value = otherwise;
    }
    return options.ignoreCase ? ignoreCase(value, rt) : value;
  };
}
