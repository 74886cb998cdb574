import type { Runtime } from "../runtime/runtime.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { str } from "../values/text.ts";
import type { Value } from "../values/value.ts";

/** `a ~ b ~ …` where nothing is escaped automatically. */
export function concatText(parts: readonly Value[], rt: Runtime): string {
  let text = "";
  for (const part of parts) {
    text += str(part, rt);
    rt.meter.reserveText(text.length);
  }
  return text;
}

/** `a ~ b ~ …` under autoescape: once there is markup among the parts, the others are escaped. */
export function concatMarkup(parts: readonly Value[], rt: Runtime): Value {
  const escaping = parts.some((part) => part instanceof Markup);
  let text = "";
  for (const part of parts) {
    const piece = str(part, rt);
    text += escaping && !(part instanceof Markup) ? escapeHtml(piece) : piece;
    rt.meter.reserveText(text.length);
  }
  return escaping ? new Markup(text) : text;
}
