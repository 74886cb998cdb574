import type { Runtime } from "../runtime/runtime.ts";
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
