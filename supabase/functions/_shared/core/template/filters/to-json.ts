import { type CallArguments, type Native, native, variadic } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { inPieces } from "../text/pieces.ts";
import { toIndex, toStr } from "../values/conversions.ts";
import { Markup } from "../values/markup.ts";
import { typeError } from "../values/python-error.ts";
import { isTrue } from "../values/truth.ts";
import { Tuple } from "../values/tuple.ts";
import type { Value } from "../values/value.ts";
import { JsonWriter } from "./json-writer.ts";

/** What indents each level: a text, or a number of spaces. */
function indentText(indent: Value, rt: Runtime): string | undefined {
  if (indent === null) return undefined;
  if (typeof indent === "string") return indent;
  const width = Math.max(0, Number(toIndex(indent)));
  rt.meter.reserveText(width);
  return " ".repeat(width);
}

/** Jinja2's `tojson`: keys sorted, ASCII only, and safe inside HTML. */
function toJson(rt: Runtime, value: Value, indent: Value): Value {
  const writer = new JsonWriter(rt, { indent: indentText(indent, rt), sortKeys: true, ensureAscii: true });
  const escaped = inPieces(writer.write(value), rt.meter, (piece) =>
    piece.replace(/[<>&']/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`),
  );
  rt.meter.reserveText(escaped.length);
  return new Markup(escaped);
}

export const NATIVES: readonly Native[] = [
  native("tojson", "indent=", (rt, value, indent = null) => toJson(rt, value, indent)),
];

const CHAT_OPTIONS = ["ensure_ascii", "indent", "separators", "sort_keys"];

/** What chat templates are rendered with: plain `json.dumps`, keys as they are, nothing escaped for HTML. */
function chatJson(rt: Runtime, value: Value, named: ReadonlyMap<string, Value>): Value {
  for (const name of named.keys()) {
    if (!CHAT_OPTIONS.includes(name))
      throw typeError(`tojson() got an unexpected keyword argument '${name}'`);
  }
  const separators = named.get("separators") ?? null;
  const indent = indentText(named.get("indent") ?? null, rt);
  return new JsonWriter(rt, {
    indent,
    sortKeys: isTrue(named.get("sort_keys") ?? false, rt),
    ensureAscii: isTrue(named.get("ensure_ascii") ?? false, rt),
    ...(separators === null ? {} : separatorTexts(separators)),
  }).write(value);
}

function separatorTexts(separators: Value): { itemSeparator: string; keySeparator: string } {
  const pair = separators instanceof Tuple ? separators.items : Array.isArray(separators) ? separators : [];
  const [item, key] = pair;
  if (item === undefined || key === undefined) throw typeError("separators must be a pair of texts");
  return { itemSeparator: toStr(item, "a separator"), keySeparator: toStr(key, "a separator") };
}

/**
 * `tojson` where chat templates are allowed: as Jinja2's, until an argument is passed that only the
 * function of chat templates has.
 */
export const CHAT_TO_JSON: Native = variadic("tojson", (rt: Runtime, value: Value, args: CallArguments) => {
  const { positional, named } = args;
  const isChat = CHAT_OPTIONS.some((name) => name !== "indent" && named?.has(name));
  if (isChat && positional.length === 0 && named) return chatJson(rt, value, named);
  const known = positional.length + (named?.size ?? 0) <= 1;
  if (!known || [...(named?.keys() ?? [])].some((name) => name !== "indent")) {
    throw typeError("tojson() got unexpected arguments");
  }
  return toJson(rt, value, positional[0] ?? named?.get("indent") ?? null);
});
