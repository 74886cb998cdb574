import { Markup } from "../values/markup.ts";
import { typeError } from "../values/python-error.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";

/** Filtered text must still be text where it is written. */
export function requireText(value: Value): string {
  if (typeof value === "string") return value;
  if (value instanceof Markup) return value.text;
  throw typeError(`sequence item 0: expected str instance, ${typeName(value)} found`);
}
