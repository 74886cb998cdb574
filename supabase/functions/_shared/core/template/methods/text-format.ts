import { characterOf } from "../formatting/lay-out.ts";
import { strFormat } from "../formatting/str-format.ts";
import { type CallArguments, type Native, native, variadic } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { characters } from "../text/characters.ts";
import { pythonLength } from "../text/code-points.ts";
import { toIndex, toStr } from "../values/conversions.ts";
import { Dict } from "../values/dict.ts";
import { typeError, valueError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";

/** The mapping given to `format_map` as named arguments. */
export function mappingArguments(mapping: Value, rt: Runtime): CallArguments {
  if (!(mapping instanceof Dict))
    throw typeError(`format_map() argument must be a mapping, not ${typeName(mapping)}`);
  const named = new Map<string, Value>();
  for (const [key, value] of mapping.entries()) named.set(str(key, rt), value);
  return { positional: [], named };
}

function makeTranslation(rt: Runtime, x: Value, y: Value | undefined, z: Value | undefined): Dict {
  const table = new Dict();
  if (y === undefined) {
    if (!(x instanceof Dict)) throw typeError("if you give only one argument to maketrans it must be a dict");
    for (const [key, value] of x.entries()) table.set(translationKey(key), value, rt);
    return table;
  }
  const from = characters(toStr(x, "maketrans() argument 1"), rt.meter);
  const to = characters(toStr(y, "maketrans() argument 2"), rt.meter);
  if (from.length !== to.length) throw valueError("the first two maketrans arguments must have equal length");
  rt.meter.reserveElements(from.length);
  from.forEach((character, index) => {
    rt.meter.tick();
    table.set(codePoint(character), codePoint(to[index] ?? ""), rt);
  });
  for (const character of toStr(z ?? "", "maketrans() argument 3")) table.set(codePoint(character), null, rt);
  return table;
}

function translationKey(key: Value): Value {
  if (typeof key !== "string") return toIndex(key);
  if (pythonLength(key) !== 1) throw valueError("string keys in translate table must be of length 1");
  return codePoint(key);
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function translate(rt: Runtime, text: string, table: Value): string {
  if (!(table instanceof Dict)) throw typeError(`'${typeName(table)}' object is not subscriptable`);
  let translated = "";
  for (const character of text) {
    const found = table.get(codePoint(character), rt);
    if (found === undefined) translated += character;
    else if (found !== null) {
      translated += typeof found === "number" ? characterOf(found) : toStr(found, "character mapping");
    }
    rt.meter.reserveText(translated.length);
  }
  return translated;
}

export const TEXT_FORMAT_METHODS: readonly Native<string>[] = [
  variadic("format", (rt, text, args) => strFormat(text, args, rt, false)),
  native("format_map", "mapping, /", (rt, text, mapping = null) =>
    strFormat(text, mappingArguments(mapping, rt), rt, false),
  ),
  native("maketrans", "x, y=, z=, /", (rt, _text, x = null, y, z) => makeTranslation(rt, x, y, z)),
  native("translate", "table, /", (rt, text, table = null) => translate(rt, text, table)),
];
