import type { TemplateError } from "../template-error.ts";
import { skipSpaces } from "../text/whitespace.ts";
import type { Token, TokenType } from "./nunjucks-base.ts";
import {
  isDigit,
  isIdentifier,
  operatorAt,
  operatorType,
  scanFloat,
  scanInteger,
  scanName,
  scanString,
} from "./scan-code.ts";
import { signAt } from "./scan-tags.ts";
import { TextTokenizer } from "./text-tokenizer.ts";
import { InvalidEscape, unescapeString } from "./unescape-string.ts";

const CLOSERS: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

/**
 * nunjucks' tokenizer, speaking Jinja2: what is inside tags is read here, with Jinja2's numbers, strings, names and
 * operators. It reads each character a bounded number of times.
 */
export class JinjaTokenizer extends TextTokenizer {
  private readonly openBrackets: string[] = [];

  override nextToken(): Token | null {
    while (this.queue.length === 0) {
      if (this.mode !== "text") return this.readCode();
      if (this.index >= this.len) return null;
      this.readText();
    }
    return this.queue.shift() ?? null;
  }

  /** The token `nextToken` will answer, without taking it. */
  lookAhead(): Token | null {
    const token = this.nextToken();
    if (token) this.queue.unshift(token);
    return token;
  }

  private readCode(): Token | null {
    const source = this.str;
    this.advanceTo(skipSpaces(source, this.index));
    if (this.index >= this.len) return null;
    const closing = this.openBrackets.length === 0 ? this.readTagEnd() : null;
    if (closing) return closing;
    const start = this.index;
    const code = source.charCodeAt(start);
    if (isDigit(code)) return this.readNumber();
    if (code === 34 || code === 39) return this.readString();
    const nameEnd = scanName(source, start);
    if (nameEnd >= 0) return this.readName(nameEnd);
    const operator = operatorAt(source, start);
    if (operator === "") throw this.unexpectedCharacter();
    this.balance(operator);
    return this.take(operatorType(operator), operator, start + operator.length);
  }

  /** A token of the text up to `end`, which holds no newline. */
  private take(type: TokenType, value: string, end: number): Token {
    const token = this.token(type, value);
    this.index = end;
    return token;
  }

  private readTagEnd(): Token | null {
    const source = this.str;
    const block = this.mode === "block";
    const sign = signAt(source, this.index);
    const at = this.index + (block || sign === "-" ? sign.length : 0);
    if (!source.startsWith(block ? "%}" : "}}", at)) return null;
    const token = this.token(block ? "block-end" : "variable-end", source.slice(this.index, at + 2));
    this.mode = "text";
    if (block) this.closeTag(at + 2, sign);
    else this.advanceTo(sign === "-" ? skipSpaces(source, at + 2) : at + 2);
    return token;
  }

  private readNumber(): Token {
    const float = scanFloat(this.str, this.index);
    const end = float >= 0 ? float : scanInteger(this.str, this.index);
    const digits = this.str.slice(this.index, end).replaceAll("_", "");
    return this.take(float >= 0 ? "float" : "int", digits, end);
  }

  private readName(end: number): Token {
    const name = this.str.slice(this.index, end);
    if (!isIdentifier(name)) throw this.error("Invalid character in identifier");
    return this.take("symbol", name, end);
  }

  private readString(): Token {
    const end = scanString(this.str, this.index);
    if (end < 0) throw this.unexpectedCharacter("The string that begins here is never closed.");
    try {
      const token = this.token("string", unescapeString(this.str.slice(this.index + 1, end - 1)));
      this.advanceTo(end);
      return token;
    } catch (error) {
      if (error instanceof InvalidEscape) throw this.error(error.message);
      throw error;
    }
  }

  private balance(operator: string): void {
    const closer = CLOSERS[operator];
    if (closer) this.openBrackets.push(closer);
    else if (operator === ")" || operator === "]" || operator === "}") {
      const expected = this.openBrackets.pop();
      if (expected === undefined) throw this.error(`unexpected '${operator}'`);
      if (expected !== operator) throw this.error(`unexpected '${operator}', expected '${expected}'`);
    }
  }

  private unexpectedCharacter(hint?: string): TemplateError {
    const character = String.fromCodePoint(this.str.codePointAt(this.index) ?? 0);
    return this.error(`unexpected char '${character}' at ${this.index}`, hint);
  }
}
