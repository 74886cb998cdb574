import type { Native, NativeTable } from "../runtime/native.ts";
import { nativeTable } from "../runtime/native.ts";
import { typeName } from "../values/type-name.ts";
import type { Value } from "../values/value.ts";
import { DICT_METHODS } from "./dict-methods.ts";
import { LIST_METHODS, TUPLE_METHODS } from "./list-methods.ts";
import { markupMethods } from "./markup-methods.ts";
import { FLOAT_METHODS, INTEGER_METHODS } from "./number-methods.ts";
import { RANGE_METHODS } from "./range-methods.ts";
import { TEXT_CASE_METHODS } from "./text-case.ts";
import { TEXT_CHANGE_METHODS } from "./text-change.ts";
import { TEXT_FORMAT_METHODS } from "./text-format.ts";
import { TEXT_SEARCH_METHODS } from "./text-search.ts";
import { TEXT_SPLIT_METHODS } from "./text-split.ts";

const TEXT_METHODS = [
  ...TEXT_CASE_METHODS,
  ...TEXT_CHANGE_METHODS,
  ...TEXT_FORMAT_METHODS,
  ...TEXT_SEARCH_METHODS,
  ...TEXT_SPLIT_METHODS,
];

const INTEGERS = nativeTable(INTEGER_METHODS);
const TUPLES = nativeTable(TUPLE_METHODS);

/**
 * The methods templates may call, by type. What is not here cannot be called. A table is only ever
 * used with objects of its type, which is what lets its methods be typed for that object.
 */
const METHODS: Record<string, NativeTable<never>> = {
  str: nativeTable(TEXT_METHODS),
  Markup: markupMethods(TEXT_METHODS),
  list: nativeTable(LIST_METHODS),
  tuple: TUPLES,
  dict: nativeTable(DICT_METHODS),
  int: INTEGERS,
  bool: INTEGERS,
  float: nativeTable(FLOAT_METHODS),
  range: nativeTable(RANGE_METHODS),
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
