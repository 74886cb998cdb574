import { operatorAt, scanFloat, scanInteger, scanName, scanString } from "../template/parser/scan-code.ts";

/** What a run of a template's code is, for colouring and for knowing what may come next. */
export type TokenKind =
  | "delimiter"
  | "comment"
  | "keyword"
  | "name"
  | "function"
  | "filter"
  | "test"
  | "property"
  | "string"
  | "number"
  | "operator"
  | "invalid";

/** A run of code, in UTF-16 offsets. Text between tags has no token. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
}

export const STATEMENT_KEYWORDS: readonly string[] = (
  "if elif else endif for endfor set endset macro endmacro call endcall filter endfilter with endwith raw endraw " +
  "block endblock include import from extends autoescape endautoescape do break continue print"
).split(" ");

const WORD_OPERATORS = new Set(["and", "or", "not", "in", "is", "if", "else"]);
const CONSTANTS = new Set(["true", "false", "none", "True", "False", "None"]);
const OTHER_KEYWORDS = new Set([
  "recursive",
  "as",
  "with",
  "without",
  "context",
  "ignore",
  "missing",
  "scoped",
  "required",
  "import",
]);

/**
 * Cuts a template into tokens. Unlike the parser it never fails: in text that is still being typed a tag may
 * be open, and then ends where the next one begins. Linear in the length of the source.
 */
export function scanTemplate(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const open = nextTag(source, at);
    if (open < 0) break;
    if (source[open + 1] === "#") at = scanComment(source, open, tokens);
    else at = scanTag(source, open, tokens);
  }
  return tokens;
}

function nextTag(source: string, from: number): number {
  let at = source.indexOf("{", from);
  while (at >= 0 && !"{%#".includes(source[at + 1] ?? " ")) at = source.indexOf("{", at + 1);
  return at;
}

function scanComment(source: string, open: number, tokens: Token[]): number {
  const close = source.indexOf("#}", open + 2);
  const to = close < 0 ? source.length : close + 2;
  tokens.push({ from: open, to, kind: "comment" });
  return to;
}

function scanTag(source: string, open: number, tokens: Token[]): number {
  const block = source[open + 1] === "%";
  const closer = block ? "%}" : "}}";
  const first = tokens.length;
  let at = open + 2;
  if (source[at] === "-" || source[at] === "+") at++;
  tokens.push({ from: open, to: at, kind: "delimiter" });
  let depth = 0;
  while (at < source.length) {
    const sign = source[at] === "-" || source[at] === "+" ? 1 : 0;
    if (depth <= 0 && source.startsWith(closer, at + sign)) {
      tokens.push({ from: at, to: at + sign + 2, kind: "delimiter" });
      return afterRaw(source, tokens, first, at + sign + 2);
    }
    if (source[at] === "{" && "{%#".includes(source[at + 1] ?? " ") && depth <= 0) return at;
    const token = scanToken(source, at, tokens, first, block);
    if (token) tokens.push(token);
    const character = source[at] ?? "";
    if ("([{".includes(character)) depth++;
    if (")]}".includes(character)) depth--;
    at = token ? token.to : at + 1;
  }
  return at;
}

/** Behind `{% raw %}` all is text up to `endraw`. */
function afterRaw(source: string, tokens: readonly Token[], first: number, behind: number): number {
  const word = tokens[first + 1];
  if (!word || source.slice(word.from, word.to) !== "raw") return behind;
  const end = /\{%[-+]?\s*endraw/g;
  end.lastIndex = behind;
  return end.exec(source)?.index ?? source.length;
}

function scanToken(
  source: string,
  at: number,
  tokens: readonly Token[],
  first: number,
  block: boolean,
): Token | null {
  const character = source[at] ?? "";
  if (/\s/.test(character)) return null;
  if (character === '"' || character === "'") {
    const end = scanString(source, at);
    // A string that is never closed ends with its line, so that one quote does not colour the whole rest.
    const line = source.indexOf("\n", at);
    return end >= 0
      ? { from: at, to: end, kind: "string" }
      : { from: at, to: line < 0 ? source.length : line, kind: "invalid" };
  }
  if (character >= "0" && character <= "9") {
    return { from: at, to: Math.max(scanFloat(source, at), scanInteger(source, at), at + 1), kind: "number" };
  }
  const nameEnd = scanName(source, at);
  if (nameEnd > at)
    return { from: at, to: nameEnd, kind: nameKind(source, at, nameEnd, tokens, first, block) };
  const operator = operatorAt(source, at);
  return { from: at, to: at + Math.max(1, operator.length), kind: operator === "" ? "invalid" : "operator" };
}

function nameKind(
  source: string,
  from: number,
  to: number,
  tokens: readonly Token[],
  first: number,
  block: boolean,
): TokenKind {
  const name = source.slice(from, to);
  const before = tokens
    .slice(Math.max(first + 1, tokens.length - 2))
    .map((token) => source.slice(token.from, token.to));
  const last = before.at(-1);
  if (last === undefined && block) return "keyword";
  if (last === ".") return "property";
  if (last === "|") return "filter";
  if (last === "is" && name !== "not") return "test";
  if (last === "not" && before.at(-2) === "is") return "test";
  if (WORD_OPERATORS.has(name) || CONSTANTS.has(name)) return "keyword";
  if (block && OTHER_KEYWORDS.has(name) && last !== "set" && last !== "for") return "keyword";
  return source[to] === "(" ? "function" : "name";
}
