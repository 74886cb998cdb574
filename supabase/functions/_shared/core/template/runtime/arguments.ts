import type { Value } from "../values/value.ts";

/** What a call passes: values in order, and values by name. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value> | undefined;
}

export const NO_CALL_ARGUMENTS: CallArguments = { positional: [], named: undefined };
