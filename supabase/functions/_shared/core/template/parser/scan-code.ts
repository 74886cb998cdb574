import type { TokenType } from "./nunjucks-base.ts";

/*
 * Recognizers for the tokens inside `{{ … }}` and `{% … %}`. Each looks at `source` from `index` and
 * answers where its token ends, or -1. All are linear in the length of the token.
 */

// A float may not begin right behind a dot, so that `a.0.5` reads as the subscripts 0 and 5.
const FLOAT = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = /[\p{L}\p{N}\p{Mn}\p{Mc}\p{Pc}]+/uy;
const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

function endOf(pattern: RegExp, source: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.test(source) ? pattern.lastIndex : -1;
}

export function scanFloat(source: string, index: number): number {
  return endOf(FLOAT, source, index);
}

export function scanInteger(source: string, index: number): number {
  return endOf(INTEGER, source, index);
}

/** End of a name. Most names are ASCII, for which a loop beats a Unicode pattern. */
export function scanName(source: string, index: number): number {
  let end = index;
  let code = source.charCodeAt(end);
  while (isAsciiWord(code)) code = source.charCodeAt(++end);
  if (code < 0x80 || Number.isNaN(code)) return end > index ? end : -1;
  return endOf(NAME, source, index);
}

/** Whether what {@link scanName} found is a name Python accepts: `é1` is, `¼` is not. */
export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);
}

/** End of a quoted string, its closing quote included; -1 when it is never closed. */
export function scanString(source: string, index: number): number {
  const quote = source.charCodeAt(index);
  for (let at = index + 1; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === 92) at++;
  }
  return -1;
}

const TWO_CHARACTER_OPERATORS = new Set(["//", "**", "==", "!=", ">=", "<="]);

/** The operator beginning at `index`, or "" when none does. */
export function operatorAt(source: string, index: number): string {
  const two = source.slice(index, index + 2);
  if (TWO_CHARACTER_OPERATORS.has(two)) return two;
  const one = source.charAt(index);
  return "+-*/%~[](){}=<>.:|,;".includes(one) ? one : "";
}

/** Token types that stand for one operator each. */
export const OPERATORS: Partial<Record<TokenType, string>> = {
  "left-paren": "(",
  "right-paren": ")",
  "left-bracket": "[",
  "right-bracket": "]",
  "left-curly": "{",
  "right-curly": "}",
  comma: ",",
  colon: ":",
  tilde: "~",
  pipe: "|",
};
const OPERATOR_TYPES = new Map(
  Object.entries(OPERATORS).map(([type, operator]) => [operator, type as TokenType]),
);

export function operatorType(operator: string): TokenType {
  return OPERATOR_TYPES.get(operator) ?? "operator";
}
