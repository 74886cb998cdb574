import type { Native } from "../runtime/native.ts";
import { TEXT_CASE_METHODS } from "./text-case.ts";
import { TEXT_FIND_METHODS } from "./text-find.ts";
import { TEXT_FORMAT_METHODS } from "./text-format.ts";
import { TEXT_PAD_METHODS } from "./text-pad.ts";
import { TEXT_SPLIT_METHODS } from "./text-split.ts";

/** The methods of `str` beyond those in `text-methods.ts`. */
export const NATIVES: readonly Native<string>[] = [
  ...TEXT_CASE_METHODS,
  ...TEXT_FIND_METHODS,
  ...TEXT_FORMAT_METHODS,
  ...TEXT_PAD_METHODS,
  ...TEXT_SPLIT_METHODS,
];
