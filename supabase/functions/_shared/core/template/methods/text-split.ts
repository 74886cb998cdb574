import { type Argument, type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { chargeBackwardSearch, chargeSearch } from "../text/search-cost.ts";
import { splitBy, splitByBack, splitLines, splitSpaces, splitSpacesBack } from "../text/split.ts";
import { toSize, toStr } from "../values/conversions.ts";
import { items } from "../values/iteration.ts";
import { Markup } from "../values/markup.ts";
import { typeError, valueError } from "../values/python-error.ts";
import { isTrue } from "../values/truth.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";

function splitter(
  name: string,
  bySpaces: (text: string, limit: number) => string[],
  bySeparator: (text: string, separator: string, limit: number) => string[],
): Native<string> {
  return native(name, "sep=, maxsplit=", (rt, text, sep = null, maxsplit = -1) => {
    const most = toSize(maxsplit);
    const limit = most < 0 ? Number.POSITIVE_INFINITY : most;
    const charge = name === "split" ? chargeSearch : chargeBackwardSearch;
    if (sep === null) {
      rt.meter.walkText(text.length);
      rt.meter.reserveElements(Math.min(text.length / 2, limit));
      return bySpaces(text, limit);
    }
    const separator = toStr(sep, `${name}() separator`);
    if (separator === "") throw valueError("empty separator");
    charge(rt.meter, text, separator);
    rt.meter.reserveElements(Math.min(text.length / separator.length, limit));
    return bySeparator(text, separator, limit);
  });
}

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

/** `separator.join(parts)`; `textOf` gives the text of each part or refuses it. */
export function joinTexts(
  rt: Runtime,
  separator: string,
  parts: Value,
  textOf: (part: Value, index: number) => string,
): string {
  let joined = "";
  let index = 0;
  for (const part of items(parts, rt)) {
    const text = textOf(part, index);
    rt.meter.reserveText(joined.length + separator.length + text.length);
    joined += index === 0 ? text : separator + text;
    index++;
  }
  return joined;
}

function partText(part: Value, index: number): string {
  if (typeof part === "string") return part;
  if (part instanceof Markup) return part.text;
  throw typeError(`sequence item ${index}: expected str instance, ${typeName(part)} found`);
}

export const TEXT_SPLIT_METHODS: readonly Native<string>[] = [
  splitter("split", splitSpaces, splitBy),
  splitter("rsplit", splitSpacesBack, splitByBack),
  partitioner("partition", false),
  partitioner("rpartition", true),
  native("splitlines", "keepends=", (rt, text, keepends: Argument = false) => {
    rt.meter.walkText(text.length);
    rt.meter.reserveElements(text.length / 4);
    return splitLines(text, isTrue(keepends, rt));
  }),
  native("join", "iterable, /", (rt, text, iterable = null) => joinTexts(rt, text, iterable, partText)),
];
