import type { Evidence } from "./shape.ts";

/*
 * What the language's own names do to an undefined value, and what they tell about a value's form.
 * Only what differs from the rule is listed: by rule a filter or test fails on an undefined value.
 */

/** Names every template can call without being given them. */
export const GLOBAL_FUNCTIONS: readonly string[] = [
  "range",
  "dict",
  "lipsum",
  "cycler",
  "joiner",
  "namespace",
  "raise_exception",
  "strftime_now",
];

/** Tests that look at an undefined value without failing, and what they answer about one. */
export const TESTS_OF_UNDEFINED: Readonly<Record<string, boolean>> = {
  defined: false,
  undefined: true,
  none: false,
  boolean: false,
  true: false,
  false: false,
  integer: false,
  float: false,
  number: false,
  string: false,
  mapping: false,
  sequence: false,
  sameas: false,
  escaped: false,
  callable: true,
};

/** Filters that answer something for an undefined value; `default` is treated apart. */
export const FILTERS_OF_UNDEFINED: ReadonlySet<string> = new Set(["items", "pprint"]);

/**
 * Filters that look at nothing before their result is used. Whoever uses the result fails in their place, so
 * the result passes for as undefined as the input.
 */
export const LAZY_FILTERS: ReadonlySet<string> = new Set([
  "batch",
  "map",
  "reject",
  "rejectattr",
  "select",
  "selectattr",
  "slice",
  "unique",
]);

/** Filters whose arguments are only looked at for each item, so perhaps never. */
export const FILTERS_WITH_LATE_ARGUMENTS: ReadonlySet<string> = new Set([
  "map",
  "select",
  "reject",
  "selectattr",
  "rejectattr",
  "groupby",
  "sum",
  "sort",
  "unique",
  "min",
  "max",
  "xmlattr",
  "urlize",
  "tojson",
  "wordwrap",
  "int",
  "float",
  "attr",
  "dictsort",
  "filesizeformat",
]);

/** Filters whose result holds the input's items. */
export const FILTERS_KEEPING_ITEMS: ReadonlySet<string> = new Set([
  "list",
  "sort",
  "reverse",
  "unique",
  "select",
  "reject",
  "selectattr",
  "rejectattr",
]);

/** Filters that take one item of the input. */
export const FILTERS_TAKING_AN_ITEM: ReadonlySet<string> = new Set(["first", "last", "min", "max", "random"]);

const EVIDENCE_OF_FILTERS: Readonly<
  Record<Extract<Evidence, "string" | "number" | "list" | "object">, string>
> = {
  string:
    "capitalize center indent lower replace striptags title trim truncate upper urlize wordcount wordwrap format",
  number: "abs filesizeformat round",
  list: "batch join map max min random reject rejectattr select selectattr slice sort sum unique groupby first last",
  object: "dictsort items xmlattr",
};

export const EVIDENCE_OF_FILTER: ReadonlyMap<string, Evidence> = byName(EVIDENCE_OF_FILTERS);

const EVIDENCE_OF_METHODS: Readonly<Record<Extract<Evidence, "string" | "list" | "object">, string>> = {
  string:
    "capitalize casefold center endswith expandtabs find format isalnum isalpha isdigit islower isnumeric isspace " +
    "isupper join ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust rsplit rstrip " +
    "split splitlines startswith strip swapcase title upper zfill",
  list: "append extend insert remove reverse sort",
  object: "get items keys setdefault update values",
};

export const EVIDENCE_OF_METHOD: ReadonlyMap<string, Evidence> = byName(EVIDENCE_OF_METHODS);

/** Methods that keep their arguments, or hand one back, without looking at them. */
export const METHODS_KEEPING_ARGUMENTS: ReadonlySet<string> = new Set([
  "append",
  "insert",
  "extend",
  "get",
  "setdefault",
  "update",
  "pop",
]);

function byName(names: Readonly<Partial<Record<Evidence, string>>>): ReadonlyMap<string, Evidence> {
  const result = new Map<string, Evidence>();
  for (const [evidence, list] of Object.entries(names)) {
    for (const name of list.split(" ")) result.set(name, evidence as Evidence);
  }
  return result;
}
