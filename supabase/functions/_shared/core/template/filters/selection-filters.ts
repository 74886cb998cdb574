import { PREDICATES } from "../predicates/predicates.ts";
import { type CallArguments, callNative, type Native, variadic } from "../runtime/native.ts";
import type { NativeTable } from "../runtime/native-table.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { items, lazily } from "../values/iteration.ts";
import { runtimeError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import type { Value } from "../values/value.ts";
import { attributeGetter, type Getter } from "./attribute-getter.ts";
import { FILTERS } from "./filters.ts";

/** Finds a filter or test named by a value, as `map` and `select` do while they run. */
function lookUp(table: NativeTable, kind: "filter" | "test", name: Value, rt: Runtime): Native {
  const wanted = str(name, rt);
  const entry = table.get(wanted);
  if (entry) return entry;
  throw runtimeError(`No ${kind} named '${wanted}'.`, didYouMean(wanted, table.keys()));
}

/** What `map` does to each item: `map(attribute=…)` or `map("filter", …)`. */
function mapper(rt: Runtime, { positional, named }: CallArguments): Getter {
  const [name, ...rest] = positional;
  if (name !== undefined) {
    const args = { positional: rest, named };
    return (item) => callNative(lookUp(FILTERS, "filter", name, rt), rt, item, args);
  }
  const attribute = named?.get("attribute");
  if (attribute === undefined) throw runtimeError("map requires a filter argument");
  for (const key of named?.keys() ?? []) {
    if (key !== "attribute" && key !== "default") throw runtimeError(`Unexpected keyword argument '${key}'`);
  }
  return attributeGetter(rt, attribute, { default: named?.get("default") ?? null });
}

function* mapped(rt: Runtime, value: Value, args: CallArguments): Generator<Value> {
  if (!isTrue(value, rt)) return;
  const map = mapper(rt, args);
  for (const item of items(value, rt)) yield map(item);
}

/** The question `select` and its kin ask of each item. */
function tester(
  rt: Runtime,
  { positional, named }: CallArguments,
  byAttribute: boolean,
): (item: Value) => boolean {
  const [attribute, ...others] = byAttribute ? positional : [null, ...positional];
  if (attribute === undefined) throw runtimeError("Missing parameter for attribute name");
  const getter = byAttribute ? attributeGetter(rt, attribute) : (item: Value) => item;
  const [name, ...rest] = others;
  if (name === undefined) return (item) => isTrue(getter(item), rt);
  const args = { positional: rest, named };
  return (item) => {
    const value = getter(item);
    return isTrue(callNative(lookUp(PREDICATES, "test", name, rt), rt, value, args), rt);
  };
}

function selection(name: string, wanted: boolean, byAttribute: boolean): Native {
  function* selected(rt: Runtime, value: Value, args: CallArguments): Generator<Value> {
    if (!isTrue(value, rt)) return;
    const test = tester(rt, args, byAttribute);
    for (const item of items(value, rt)) if (test(item) === wanted) yield item;
  }
  return variadic(name, (rt, value, args) => lazily(() => selected(rt, value, args)));
}

export const SELECTION_FILTERS: readonly Native[] = [
  variadic("map", (rt, value, args) => lazily(() => mapped(rt, value, args))),
  selection("select", true, false),
  selection("reject", false, false),
  selection("selectattr", true, true),
  selection("rejectattr", false, true),
];
