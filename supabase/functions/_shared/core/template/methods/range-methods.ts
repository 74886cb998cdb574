import { type Native, native } from "../runtime/native.ts";
import { valueError } from "../values/python-error.ts";
import type { Range } from "../values/range.ts";
import { repr } from "../values/text.ts";

export const RANGE_METHODS: readonly Native<Range>[] = [
  native("count", "value, /", (_rt, range, value = null) => (range.indexOf(value) >= 0 ? 1 : 0)),
  native("index", "value, /", (rt, range, value = null) => {
    const index = range.indexOf(value);
    if (index < 0) throw valueError(`${repr(value, rt)} is not in range`);
    return index;
  }),
];
