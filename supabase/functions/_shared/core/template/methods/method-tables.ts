import { type Native, native } from "../runtime/native.ts";
import { NativeTable } from "../runtime/native-table.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { DICT_METHODS, RANGE_METHODS } from "./dict-methods.ts";
import { TEXT_METHODS } from "./text-methods.ts";

const APPEND = native<Value[]>("append", "object, /", (rt, list, item = null) => {
  rt.meter.spend(1);
  list.push(item);
  return null;
});

const SELDOM_TEXT_METHODS =
  "capitalize casefold swapcase title isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric " +
  "isprintable isspace istitle isupper find rfind index rindex count format format_map maketrans translate center " +
  "ljust rjust zfill expandtabs removeprefix removesuffix rsplit partition rpartition splitlines";

const TEXTS = new NativeTable(TEXT_METHODS, { textMethods: SELDOM_TEXT_METHODS });
const INTEGERS = new NativeTable([], { numbers: "as_integer_ratio bit_count bit_length conjugate" });

/**
 * The methods templates may call, by type. What is not here cannot be called. A table is only ever
 * used with objects of its type, which is what lets its methods be typed for that object.
 */
export const METHODS: Record<string, NativeTable<never>> = {
  str: TEXTS,
  Markup: new NativeTable([], { markupMethods: `${[...TEXTS.keys()].join(" ")} escape striptags unescape` }),
  list: new NativeTable([APPEND], {
    listMethods: "clear copy count extend index insert pop remove reverse sort",
  }),
  tuple: new NativeTable([], { listMethods: "count index" }),
  dict: new NativeTable(DICT_METHODS, { dictMethods: "clear copy fromkeys pop popitem setdefault update" }),
  int: INTEGERS,
  bool: INTEGERS,
  float: new NativeTable([], { numbers: "as_integer_ratio conjugate is_integer" }),
  range: new NativeTable(RANGE_METHODS),
};

/** Attributes Python has and this engine has not: using one is an error rather than undefined. */
const UNSUPPORTED: Record<string, readonly string[]> = {
  str: ["encode"],
  Markup: ["encode"],
  int: ["from_bytes", "to_bytes"],
  bool: ["from_bytes", "to_bytes"],
  float: ["fromhex", "hex"],
  dict_keys: ["isdisjoint", "mapping"],
  dict_values: ["mapping"],
  dict_items: ["isdisjoint", "mapping"],
  generator: ["close", "gi_code", "gi_frame", "gi_running", "gi_suspended", "gi_yieldfrom", "send", "throw"],
};

export function methodOf(value: Value, name: string): Native<Value> | undefined {
  const type = typeName(value);
  return Object.hasOwn(METHODS, type) ? (METHODS[type]?.get(name) as Native<Value> | undefined) : undefined;
}

export function unsupportedAttribute(value: Value, name: string): boolean {
  const type = typeName(value);
  return Object.hasOwn(UNSUPPORTED, type) && UNSUPPORTED[type]?.includes(name) === true;
}

/** The names of a type's methods, for hints and completion. */
export function methodNames(type: string): string[] {
  return Object.hasOwn(METHODS, type) ? [...(METHODS[type]?.keys() ?? [])] : [];
}
