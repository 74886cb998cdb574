import { attributeOf } from "../operators/subscript.ts";
import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { softStr, softText, toStr } from "../values/conversions.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { quote, str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import { objectName } from "../values/type-name.ts";
import { Undefined } from "../values/undefined.ts";
import type { Value } from "../values/value.ts";

function escapeOnce(rt: Runtime, value: Value): Value {
  if (value instanceof Markup) return value;
  return escapeAnyway(rt, value);
}

/** `forceescape`: what is markup already is escaped once more. */
export function escapeAnyway(rt: Runtime, value: Value): Value {
  const text = str(value, rt);
  // One character becomes five at most.
  rt.meter.reserveText(text.length);
  const escaped = escapeHtml(text, rt.meter);
  rt.meter.reserveText(escaped.length);
  return new Markup(escaped);
}

function attribute(rt: Runtime, value: Value, name: Value): Value {
  const wanted = toStr(name, "attribute name");
  const found = attributeOf(value, wanted, rt);
  if (found !== undefined) return found;
  return rt.undefined({ owner: objectName(value), name: quote(wanted), attribute: true });
}

const byDefault = (name: string) =>
  native(name, "default_value=, boolean=", (rt, value, otherwise = "", boolean = false) =>
    value instanceof Undefined || (isTrue(boolean, rt) && !isTrue(value, rt)) ? otherwise : value,
  );

/** Filters for any value. */
export const VALUE_FILTERS: readonly Native[] = [
  byDefault("default"),
  byDefault("d"),
  native("escape", "", escapeOnce),
  native("e", "", escapeOnce),
  native("safe", "", (rt, value) => new Markup(softText(value, rt))),
  native("string", "", (rt, value) => softStr(value, rt)),
  native("attr", "name", (rt, value, name = null) => attribute(rt, value, name)),
];
