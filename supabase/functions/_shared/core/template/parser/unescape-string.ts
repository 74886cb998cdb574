import { escapeCharacter } from "../text/escape-character.ts";

const SIMPLE: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};
const HEX_DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 };

/** A string literal that Python would refuse; the message says why, as Python's does. */
export class InvalidEscape extends Error {}

/**
 * The value of a string literal's inside, with Python's escapes: an unknown one keeps its backslash.
 *
 * @throws InvalidEscape for a cut-off `\x`, `\u` or `\U`, for a code point above U+10FFFF, and for
 * `\N{name}`, which would need the table of all Unicode names.
 */
export function unescapeString(raw: string): string {
  let at = raw.indexOf("\\");
  if (at < 0) return raw;
  let value = "";
  let from = 0;
  while (at >= 0) {
    value += raw.slice(from, at);
    const [text, length] = escapeAt(raw, at);
    value += text;
    from = at + length;
    at = raw.indexOf("\\", from);
  }
  return value + raw.slice(from);
}

/** The text an escape stands for and how many units it takes in the source. */
function escapeAt(raw: string, at: number): [text: string, length: number] {
  const character = String.fromCodePoint(raw.codePointAt(at + 1) ?? 92);
  const simple = Object.hasOwn(SIMPLE, character) ? SIMPLE[character] : undefined;
  if (simple !== undefined) return [simple, 2];
  if (character === "x" || character === "u" || character === "U") return hexEscape(raw, at, character);
  const octal = /^[0-7]{1,3}/.exec(raw.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined) return [String.fromCodePoint(Number.parseInt(octal, 8)), 1 + octal.length];
  if (character === "N")
    throw new InvalidEscape("\\N{…} escapes are not supported; write the character itself");
  // Jinja2 turns characters beyond ASCII into escapes before it decodes the literal. Behind a lone backslash such
  // an escape loses its meaning and is left as text: `'\é'` is the four characters `\xe9`.
  const text = character < "\x80" ? `\\${character}` : escapeCharacter(character);
  return [text, 1 + character.length];
}

function hexEscape(raw: string, at: number, kind: string): [string, number] {
  const wanted = HEX_DIGITS[kind] ?? 0;
  const digits = raw.slice(at + 2, at + 2 + wanted);
  if (digits.length < wanted || !/^[\da-fA-F]+$/.test(digits)) {
    throw new InvalidEscape(`truncated \\${kind}${"X".repeat(wanted)} escape`);
  }
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff) throw new InvalidEscape("illegal Unicode character");
  return [String.fromCodePoint(code), 2 + wanted];
}
