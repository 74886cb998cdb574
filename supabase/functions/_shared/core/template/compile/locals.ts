import type { Frame } from "../runtime/context.ts";
import type { Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";
import { reader } from "./variables.ts";

/** The values of variables set around a place, for the templates included there. */
export function compileLocals(scope: Scope): (frame: Frame) => Map<string, Value> {
  // The names are gathered when they are needed: kept per place, they could outgrow any template.
  return (frame) => {
    const locals = new Map<string, Value>();
    for (const [name, variable] of scope.symbols.visibleStores()) {
      frame.rt.meter.spend(1);
      const value = locals.has(name) ? undefined : reader(variable, scope)(frame);
      if (value !== undefined) locals.set(name, value);
    }
    return locals;
  };
}
