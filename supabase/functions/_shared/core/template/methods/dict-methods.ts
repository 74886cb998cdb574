import { type Native, native } from "../runtime/native.ts";
import type { Dict } from "../values/dict.ts";
import { DictView, type ViewKind } from "../values/dict-view.ts";
import { valueError } from "../values/python-error.ts";
import type { Range } from "../values/range.ts";
import { repr } from "../values/text.ts";

function view(kind: ViewKind): Native<Dict> {
  return native<Dict>(kind, "", (_rt, dict) => new DictView(dict, kind));
}

/** The methods of `dict` that read. */
export const DICT_METHODS: readonly Native<Dict>[] = [
  view("items"),
  view("keys"),
  view("values"),
  native("get", "key, default=, /", (rt, dict, key = null, otherwise = null) => {
    const value = dict.get(key, rt);
    return value === undefined ? otherwise : value;
  }),
];

export const RANGE_METHODS: readonly Native<Range>[] = [
  native("count", "value, /", (_rt, range, value = null) => (range.indexOf(value) >= 0 ? 1 : 0)),
  native("index", "value, /", (rt, range, value = null) => {
    const index = range.indexOf(value);
    if (index < 0) throw valueError(`${repr(value, rt)} is not in range`);
    return index;
  }),
];
