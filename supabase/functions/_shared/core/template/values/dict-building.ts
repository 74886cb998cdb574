import type { CallArguments } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { Dict } from "./dict.ts";
import { items, toList, tryIterate } from "./iteration.ts";
import { PythonError, typeError, valueError } from "./python-error.ts";
import { typeName } from "./type-name.ts";
import { Undefined } from "./undefined.ts";
import type { Value } from "./value.ts";

/** `dict.update(source, **named)`, which is also what `dict(…)` does to an empty one. */
export function updateDict(dict: Dict, name: string, args: CallArguments, rt: Runtime): void {
  const [source, ...others] = args.positional;
  if (others.length > 0) {
    throw typeError(`${name} expected at most 1 argument, got ${args.positional.length}`);
  }
  if (source instanceof Dict) {
    rt.meter.reserveElements(source.size);
    for (const [key, value] of source.entries()) dict.set(key, value, rt);
  } else if (source !== undefined) addPairs(dict, source, rt);
  for (const [key, value] of args.named ?? []) dict.setString(key, value);
}

function addPairs(dict: Dict, source: Value, rt: Runtime): void {
  let index = 0;
  for (const pair of items(source, rt)) {
    if (!tryIterate(pair, rt)) {
      throw typeError(`cannot convert dictionary update sequence element #${index} to a sequence`);
    }
    const [key, value, ...rest] = toList(pair, rt);
    if (key === undefined || value === undefined || rest.length > 0) {
      const size = rest.length + (value === undefined ? 0 : 1) + (key === undefined ? 0 : 1);
      throw valueError(`dictionary update sequence element #${index} has length ${size}; 2 is required`);
    }
    dict.set(key, value, rt);
    index++;
  }
}

/** What a filter calls `.items()` of. */
export function requireItems(value: Value): Dict {
  if (value instanceof Dict) return value;
  if (value instanceof Undefined) throw value.error();
  throw new PythonError("attribute_error", `'${typeName(value)}' object has no attribute 'items'`);
}
