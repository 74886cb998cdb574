import { type Native, native, variadic } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { toSize } from "../values/conversions.ts";
import { Cycler, Joiner } from "../values/cycler.ts";
import { Dict } from "../values/dict.ts";
import { updateDict } from "../values/dict-building.ts";
import { Namespace } from "../values/namespace.ts";
import { runtimeError, typeError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { loremIpsum } from "./lorem-ipsum.ts";
import { strftime } from "./strftime.ts";

function makeNamespace(rt: Runtime, args: Parameters<typeof updateDict>[2]): Namespace {
  const attributes = new Dict();
  updateDict(attributes, "dict", args, rt);
  const namespace = new Namespace();
  for (const [name, value] of attributes.entries()) namespace.set(str(name, rt), value);
  return namespace;
}

/** The functions of `globals.ts` that templates seldom call. */
export const NATIVES: readonly Native<null>[] = [
  variadic("cycler", (_rt, _self, { positional, named }) => {
    if (named?.size) throw typeError("Cycler.__init__() takes no keyword arguments");
    if (positional.length === 0) throw runtimeError("at least one item has to be provided");
    return new Cycler(positional);
  }),
  variadic("dict", (rt, _self, args) => {
    const dict = new Dict();
    updateDict(dict, "dict", args, rt);
    return dict;
  }),
  variadic("namespace", (rt, _self, args) => makeNamespace(rt, args)),
  native("joiner", "sep=", (_rt, _self, separator = ", ") => new Joiner(separator)),
  native("lipsum", "n=, html=, min=, max=", (rt, _self, n = 5, html = true, min = 20, max = 100) =>
    loremIpsum(rt, toSize(n), html, toSize(min), toSize(max)),
  ),
  native("strftime_now", "format", (rt, _self, format = null) =>
    strftime(rt, rt.options.now?.() ?? new Date(0), str(format, rt)),
  ),
];
