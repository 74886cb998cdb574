import { type Argument, type Native, native } from "../runtime/native.ts";
import { chargeBackwardSearch, chargeSearch } from "../text/search-cost.ts";
import { splitByBack, splitLines, splitSpacesBack } from "../text/split-seldom.ts";
import { toStr } from "../values/conversions.ts";
import { valueError } from "../values/python-error.ts";
import { isTrue } from "../values/truth.ts";
import { Tuple } from "../values/tuple.ts";
import { splitter } from "./shared-text-methods.ts";

function partitioner(name: string, last: boolean): Native<string> {
  return native(name, "sep, /", (rt, text, sep = null) => {
    const separator = toStr(sep, `${name}() separator`);
    if (separator === "") throw valueError("empty separator");
    (last ? chargeBackwardSearch : chargeSearch)(rt.meter, text, separator);
    const at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
    if (at < 0) return new Tuple(last ? ["", "", text] : [text, "", ""]);
    return new Tuple([text.slice(0, at), separator, text.slice(at + separator.length)]);
  });
}

/** Methods of `str` that cut a text into several, but for `split`. */
export const TEXT_SPLIT_METHODS: readonly Native<string>[] = [
  splitter("rsplit", chargeBackwardSearch, splitSpacesBack, splitByBack),
  partitioner("partition", false),
  partitioner("rpartition", true),
  native("splitlines", "keepends=", (rt, text, keepends: Argument = false) => {
    rt.meter.walkText(text.length);
    rt.meter.reserveElements(text.length / 4);
    return splitLines(text, rt.meter, isTrue(keepends, rt));
  }),
];
