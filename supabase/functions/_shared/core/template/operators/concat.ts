import type { Position } from "../ast/expressions.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { str } from "../values/text.ts";
import type { Value } from "../values/value.ts";

/** `a ~ b ~ …` where nothing is escaped automatically. `places` are those of the parts. */
export function concatText(parts: readonly Value[], places: readonly Position[], rt: Runtime): string {
  let text = "";
  parts.forEach((part, index) => {
    rt.at = places[index] as Position;
    text += str(part, rt);
    rt.meter.reserveText(text.length);
  });
  return text;
}
