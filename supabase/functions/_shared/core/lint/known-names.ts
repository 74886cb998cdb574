import { FILTERS } from "../template/filters/filters.ts";
import { GLOBAL_NAMES } from "../template/globals/globals.ts";
import { methodNames } from "../template/methods/method-tables.ts";
import { PREDICATES } from "../template/predicates/predicates.ts";
import { nearestName } from "../template/text/nearest-name.ts";

/*
 * The engine's own names, for rules and completions: what is offered can be rendered, and what cannot be
 * rendered is found.
 */

export const FILTER_NAMES: readonly string[] = [...FILTERS.keys()];

/** Tests, those spelt as operators (`==`) included. */
export const TEST_NAMES: readonly string[] = [...PREDICATES.keys()];

/** Functions every template can call. */
export const FUNCTION_NAMES: readonly string[] = GLOBAL_NAMES;

/** Methods of strings, lists and dicts, which is what people call. */
export const METHOD_NAMES: ReadonlySet<string> = new Set(["str", "list", "dict"].flatMap(methodNames));

/** Methods of anything a caller can send. */
export const ALL_METHOD_NAMES: ReadonlySet<string> = new Set([
  ...METHOD_NAMES,
  ...["int", "float"].flatMap(methodNames),
]);

/** "Did you mean …?" as a remedy, with what to do when nothing is close. */
export function didYouMean(name: string, names: Iterable<string>, otherwise: string): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? otherwise : `Did you mean \`${nearest}\`?`;
}
