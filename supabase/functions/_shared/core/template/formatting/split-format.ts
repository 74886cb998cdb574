import { valueError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";

/** One `{name!conversion:spec}` of a format. */
export interface Replacement {
  readonly name: string;
  readonly conversion: string;
  readonly spec: string;
}

/** The literal texts and fields of a format, in order. `{{` and `}}` are braces. */
export function* splitFormat(format: string): Generator<string | Replacement> {
  let at = 0;
  let literal = "";
  while (at < format.length) {
    const character = format.charAt(at);
    if (character !== "{" && character !== "}") {
      const next = nextBrace(format, at);
      literal += format.slice(at, next);
      at = next;
    } else if (format.charAt(at + 1) === character) {
      literal += character;
      at += 2;
    } else if (character === "}") throw valueError("Single '}' encountered in format string");
    else {
      if (literal !== "") yield literal;
      literal = "";
      const end = endOfField(format, at);
      yield parseField(format.slice(at + 1, end));
      at = end + 1;
    }
  }
  if (literal !== "") yield literal;
}

function nextBrace(format: string, from: number): number {
  let at = from;
  while (at < format.length && format.charAt(at) !== "{" && format.charAt(at) !== "}") at++;
  return at;
}

/** Index of the brace that closes the field opened at `open`. */
function endOfField(format: string, open: number): number {
  if (open + 1 >= format.length) throw valueError("Single '{' encountered in format string");
  let depth = 0;
  for (let at = open; at < format.length; at++) {
    const character = format.charAt(at);
    if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at;
  }
  throw valueError("expected '}' before end of string");
}

function parseField(field: string): Replacement {
  const end = endOfName(field);
  const name = field.slice(0, end);
  if (name.includes("{")) throw valueError("unexpected '{' in field name");
  const mark = field.charAt(end);
  if (mark !== "!") return { name, conversion: "", spec: field.slice(end + 1) };
  const conversion = Array.from(field.slice(end + 1, end + 3))[0] ?? "";
  if (conversion === "") throw valueError("end of string while looking for conversion specifier");
  const behind = end + 1 + conversion.length;
  if (behind < field.length && field.charAt(behind) !== ":") {
    throw valueError("expected ':' after conversion specifier");
  }
  return { name, conversion, spec: field.slice(behind + 1) };
}

/** Where `!` or `:` ends the field's name; inside `[…]` they are part of it. */
function endOfName(field: string): number {
  let bracket = false;
  for (let at = 0; at < field.length; at++) {
    const character = field.charAt(at);
    if (character === "[") bracket = true;
    else if (character === "]") bracket = false;
    else if (!bracket && (character === "!" || character === ":")) return at;
  }
  return field.length;
}

interface PathStep {
  readonly attribute?: string;
  readonly key: Value;
}

/** Splits `user.tags[0]` into the argument's name and the steps from it. */
export function fieldPath(name: string): { first: string; rest: PathStep[] } {
  const first = /^[^.[]*/.exec(name)?.[0] ?? "";
  const rest: PathStep[] = [];
  let at = first.length;
  while (at < name.length) {
    if (name.charAt(at) === ".") {
      const attribute = /^[^.[]*/.exec(name.slice(at + 1))?.[0] ?? "";
      if (attribute === "") throw valueError("Empty attribute in format string");
      rest.push({ attribute, key: null });
      at += 1 + attribute.length;
    } else if (name.charAt(at) === "[") {
      const close = name.indexOf("]", at);
      if (close < 0) throw valueError("Missing ']' in format string");
      const key = name.slice(at + 1, close);
      if (key === "") throw valueError("Empty attribute in format string");
      rest.push({ key: /^\d+$/.test(key) ? Number(key) : key });
      at = close + 1;
    } else throw valueError("Only '.' or '[' may follow ']' in format field specifier");
  }
  return { first, rest };
}
