/**
 * Edits of a JSON object in its own text. Parsing and writing a body again would change it on the way: numbers
 * beyond 2^53 lose digits, `1.0` becomes `1`. Here what is not edited keeps every byte.
 *
 * All functions take texts that `JSON.parse` has accepted as an object; they look for places and check nothing.
 */
export interface Member {
  readonly name: string;
  /** The opening quote of the name. */
  readonly start: number;
  readonly valueStart: number;
  /** Behind the last character of the value. */
  readonly end: number;
}

const QUOTE = 34;
const COMMA = 44;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** The members of an object in their order; a name that occurs twice is there twice. */
export function membersOf(json: string): Member[] {
  const members: Member[] = [];
  let at = skipSpace(json, json.indexOf("{") + 1);
  while (json.charCodeAt(at) === QUOTE) {
    const start = at;
    const nameEnd = endOfString(json, start);
    const valueStart = skipSpace(json, json.indexOf(":", nameEnd) + 1);
    const end = endOfValue(json, valueStart);
    const quoted = json.slice(start, nameEnd);
    const name: string = quoted.includes("\\") ? JSON.parse(quoted) : quoted.slice(1, -1);
    members.push({ name, start, valueStart, end });
    at = skipSpace(json, end);
    if (json.charCodeAt(at) === COMMA) at = skipSpace(json, at + 1);
  }
  return members;
}

/** What becomes of a member: its value's text, as it was or another one, or null to take the member out. */
export type Edit = (name: string, value: string) => string | null;

/**
 * The object with its members edited and others, `[name, value's text]`, put in front. Where a name occurs
 * twice only the last one is kept, which is the one `JSON.parse` reads.
 */
export function editObject(
  json: string,
  edit: Edit,
  added: readonly (readonly [name: string, value: string])[] = [],
): string {
  const members = membersOf(json);
  const last = new Map(members.map((member) => [member.name, member]));
  let before = json.indexOf("{") + 1;
  let out =
    json.slice(0, before) + added.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",");
  let empty = added.length === 0;
  for (const member of members) {
    const value =
      last.get(member.name) === member ? edit(member.name, json.slice(member.valueStart, member.end)) : null;
    if (value !== null) {
      const space = json.slice(before, member.start);
      const gap = empty ? space.replace(",", "") : space.includes(",") ? space : `,${space}`;
      out += gap + json.slice(member.start, member.valueStart) + value;
      empty = false;
    }
    before = member.end;
  }
  return out + json.slice(before);
}

/** The texts of two arrays as one array. */
export function joinArrays(first: string, second: string): string {
  const [head, tail] = [first.trim(), second.trim()];
  const inside = (array: string) => array.slice(1, -1).trim() !== "";
  if (!inside(head)) return tail;
  if (!inside(tail)) return head;
  return `${head.slice(0, -1)},${tail.slice(1)}`;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (json.charCodeAt(at) <= 32) at++;
  return at;
}

/** Behind the closing quote of the string that begins here. */
function endOfString(json: string, start: number): number {
  let close = json.indexOf('"', start + 1);
  while (isEscaped(json, close)) close = json.indexOf('"', close + 1);
  return close + 1;
}

function isEscaped(json: string, place: number): boolean {
  let backslashes = 0;
  while (json.charCodeAt(place - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

function endOfValue(json: string, start: number): number {
  const first = json.charCodeAt(start);
  if (first === QUOTE) return endOfString(json, start);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfNested(json, start);
  let at = start;
  for (; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === COMMA || code === CLOSE_BRACE || code <= 32) break;
  }
  return at;
}

function endOfNested(json: string, start: number): number {
  let depth = 0;
  for (let at = start; ; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && --depth === 0) return at + 1;
  }
}
