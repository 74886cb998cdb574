import { valueError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";

/** One `{name!conversion:spec}` of a format. */
export interface Replacement {
  readonly name: string;
  readonly conversion: string;
  readonly spec: string;
}

function malformed(why: string): Error {
  return valueError(`${why} in format string`);
}

/** The literal texts and fields of a format, in order. `{{` and `}}` are braces. */
export function* splitFormat(format: string): Generator<string | Replacement> {
  const piece = /[^{}]+|(?:\{\{|\}\})|[{}]/y;
  for (let match = piece.exec(format); match; match = piece.exec(format)) {
    const [text] = match;
    if (text === "}") throw malformed("Single '}'");
    if (text === "{") {
      const end = endOfField(format, match.index);
      yield parseField(format.slice(match.index + 1, end));
      piece.lastIndex = end + 1;
    } else yield text === "{{" || text === "}}" ? text.charAt(0) : text;
  }
}

/** Index of the brace that closes the field opened at `open`. */
function endOfField(format: string, open: number): number {
  let depth = 0;
  for (let at = open; at < format.length; at++) {
    const character = format.charAt(at);
    if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at;
  }
  throw malformed("Single '{'");
}

/** `!` and `:` end the field's name, but are part of it inside `[…]`. */
const FIELD = /^((?:\[[^\]]*(?:\]|$)|[^[!:])*)(?:!(.)(?=:|$))?(?::(.*))?$/su;

function parseField(field: string): Replacement {
  const [, name = "{", conversion = "", spec = ""] = FIELD.exec(field) ?? [];
  if (name.includes("{")) throw malformed("Malformed field");
  return { name, conversion, spec };
}

interface PathStep {
  readonly attribute?: string;
  readonly key: Value;
}

/** Splits `user.tags[0]` into the argument's name and the steps from it. */
export function fieldPath(name: string): { first: string; rest: PathStep[] } {
  const first = /^[^.[]*/.exec(name)?.[0] ?? "";
  const rest: PathStep[] = [];
  const step = /\.([^.[]+)|\[([^\]]+)\]/y;
  step.lastIndex = first.length;
  while (step.lastIndex < name.length) {
    const match = step.exec(name);
    if (!match) throw malformed("Malformed field name");
    const [, attribute, key = ""] = match;
    if (attribute !== undefined) rest.push({ attribute, key: null });
    else rest.push({ key: /^\d+$/.test(key) ? Number(key) : key });
  }
  return { first, rest };
}
