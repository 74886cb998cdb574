import { nearestName } from "../template/text/nearest-name.ts";
import { EVIDENCE_OF_METHOD, METHODS_KEEPING_ARGUMENTS } from "./flow/builtins.ts";

/** The filters of Jinja2 3.1, and those chat templates add. A test holds the list to the engine's own. */
export const FILTER_NAMES: readonly string[] = (
  "abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape " +
  "format groupby indent int items join last length list lower map max min pprint random reject rejectattr " +
  "replace reverse round safe select selectattr slice sort string striptags sum title tojson trim truncate " +
  "unique upper urlencode urlize wordcount wordwrap xmlattr"
).split(" ");

/** The tests of Jinja2 3.1. */
export const TEST_NAMES: readonly string[] = (
  "boolean callable defined divisibleby eq equalto escaped even false filter float ge gt greaterthan in " +
  "integer iterable le lessthan lower lt mapping ne none number odd sameas sequence string test true " +
  "undefined upper == != > >= < <="
).split(" ");

/** Methods strings, lists and dicts have. */
export const METHOD_NAMES: ReadonlySet<string> = new Set([
  ...EVIDENCE_OF_METHOD.keys(),
  ...METHODS_KEEPING_ARGUMENTS,
  ..."clear copy count encode index format_map isalpha isascii isdecimal isidentifier isprintable istitle maketrans popitem translate".split(
    " ",
  ),
]);

/** "Did you mean …?" as a remedy, with what to do when nothing is close. */
export function didYouMean(name: string, names: Iterable<string>, otherwise: string): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? otherwise : `Did you mean \`${nearest}\`?`;
}
