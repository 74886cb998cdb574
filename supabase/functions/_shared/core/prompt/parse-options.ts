import type { ParseOptions } from "../template/parse-template.ts";
import type { VariableContract } from "./types.ts";

/** The contract's options as the parser calls them. */
export function parseOptions({ options = {} }: VariableContract): ParseOptions {
  return {
    trimBlocks: options.trim_blocks === true,
    lstripBlocks: options.lstrip_blocks === true,
    keepTrailingNewline: options.keep_trailing_newline === true,
  };
}
