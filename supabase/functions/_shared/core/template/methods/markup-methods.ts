import { strFormat } from "../formatting/str-format.ts";
import { callNative, type Native, native, variadic } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { stripTags, unescapeHtml } from "../text/html.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { str } from "../values/text.ts";
import { Tuple } from "../values/tuple.ts";
import type { Value } from "../values/value.ts";
import { NATIVES as SELDOM_TEXT_METHODS } from "./seldom-text-methods.ts";
import { joinTexts } from "./shared-text-methods.ts";
import { mappingArguments } from "./text-format.ts";
import { TEXT_METHODS } from "./text-methods.ts";

/** Methods of `str` whose answer is markup again. Those listed with a position escape that argument. */
const REWRAPPED = new Map<string, number | undefined>([
  ["capitalize", undefined],
  ["center", 1],
  ["expandtabs", undefined],
  ["ljust", 1],
  ["lower", undefined],
  ["lstrip", undefined],
  ["partition", undefined],
  ["replace", 1],
  ["rjust", 1],
  ["rpartition", undefined],
  ["rsplit", undefined],
  ["rstrip", undefined],
  ["split", undefined],
  ["splitlines", undefined],
  ["strip", undefined],
  ["swapcase", undefined],
  ["title", undefined],
  ["translate", undefined],
  ["upper", undefined],
  ["zfill", undefined],
]);

function escaped(value: Value, rt: Runtime): Value {
  return typeof value === "string" ? escapeHtml(value, rt.meter) : value;
}

function rewrap(value: Value): Value {
  if (typeof value === "string") return new Markup(value);
  if (Array.isArray(value)) return value.map(rewrap);
  return value instanceof Tuple ? new Tuple(value.items.map(rewrap)) : value;
}

/** A method of `str` for markup. */
function forMarkup(entry: Native<string>): Native<Markup> {
  const position = REWRAPPED.get(entry.name);
  const rewraps = REWRAPPED.has(entry.name);
  return variadic(entry.name, (rt, self, args) => {
    const positional = args.positional.map((value, index) =>
      index === position ? escaped(value, rt) : value,
    );
    const result = callNative(entry, rt, self.text, { positional, named: args.named });
    return rewraps ? rewrap(result) : result;
  });
}

const OWN_METHODS: readonly Native<Markup>[] = [
  variadic("format", (rt, self, args) => new Markup(strFormat(self.text, args, rt, true))),
  native(
    "format_map",
    "mapping, /",
    (rt, self, mapping = null) => new Markup(strFormat(self.text, mappingArguments(mapping, rt), rt, true)),
  ),
  native("join", "iterable, /", (rt, self, iterable = null) => {
    const textOf = (part: Value) =>
      part instanceof Markup ? part.text : escapeHtml(str(part, rt), rt.meter);
    return new Markup(joinTexts(rt, self.text, iterable, textOf));
  }),
  native("escape", "s, /", (rt, _self, value = null) => {
    return value instanceof Markup ? value : new Markup(escapeHtml(str(value, rt), rt.meter));
  }),
  native("striptags", "", (rt, self) => stripTags(self.text, rt.meter)),
  native("unescape", "", (rt, self) => unescapeHtml(self.text, rt.meter)),
];

const OWN_NAMES: ReadonlySet<string> = new Set(OWN_METHODS.map(({ name }) => name));

/** The methods of markup: those of `str`, and some of its own. */
export const NATIVES: readonly Native<Markup>[] = [
  ...[...TEXT_METHODS, ...SELDOM_TEXT_METHODS].filter(({ name }) => !OWN_NAMES.has(name)).map(forMarkup),
  ...OWN_METHODS,
];
