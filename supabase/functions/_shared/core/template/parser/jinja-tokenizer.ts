import { codeFrame, TemplateError } from "../template-error.ts";
import { isSpace, skipSpaces, skipSpacesBack } from "../text/whitespace.ts";
import { NunjucksTokenizer, type Token, type TokenizerOptions, type TokenType } from "./nunjucks-base.ts";
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
import { endOfRawTag, findEndRaw, findTag, signAt } from "./scan-tags.ts";
import { InvalidEscape, unescapeString } from "./unescape-string.ts";

const CLOSERS: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

/**
 * nunjucks' tokenizer, speaking Jinja2: `raw`, whitespace control with `-` and `+`, Jinja2's numbers,
 * strings, names and operators. It reads each character a bounded number of times.
 */
export class JinjaTokenizer extends NunjucksTokenizer {
  /** Tokens already read: at most a piece of text and the tag behind it, or a look-ahead. */
  private readonly queue: Token[] = [];
  private mode: "text" | "block" | "variable" = "text";
  private readonly openBrackets: string[] = [];
  private lineStart = 0;
  /** Where the current line ends. Looked for once per line: lines can be as long as templates. */
  private lineEnd = -1;

  constructor(source: string, options: TokenizerOptions) {
    super(source, options);
  }

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

  /** Column of the current place, from 1. */
  get column(): number {
    return this.index - this.lineStart + 1;
  }

  /** A syntax error at the current place. */
  private error(message: string, hint?: string): TemplateError {
    const place = { line: this.lineno + 1, column: this.column };
    const frame = codeFrame(this.str, place.line, place.column);
    return new TemplateError({ code: "syntax_error", message, ...place, frame, hint });
  }

  private token(type: TokenType, value: string): Token {
    return { type, value, lineno: this.lineno, colno: this.index - this.lineStart };
  }

  private advanceTo(end: number): void {
    if (this.lineEnd < this.lineStart) this.lineEnd = this.findLineEnd();
    const last = Math.min(end, this.len);
    while (this.lineEnd < last) {
      this.lineno++;
      this.lineStart = this.lineEnd + 1;
      this.lineEnd = this.findLineEnd();
    }
    this.index = end;
  }

  private findLineEnd(): number {
    const newline = this.str.indexOf("\n", this.lineStart);
    return newline < 0 ? this.len : newline;
  }

  // ---- text between tags

  private readText(): void {
    const source = this.str;
    const start = this.index;
    const tag = findTag(source, start);
    if (tag < 0) {
      this.pushText(start, this.len, this.len);
      return;
    }
    const kind = source.charAt(tag + 1);
    const sign = signAt(source, tag + 2);
    this.pushText(start, this.endOfText(start, tag, sign, kind !== "{"), tag);
    const behind = tag + 2 + sign.length;
    const raw = kind === "%" ? endOfRawTag(source, behind) : -1;
    if (kind === "#") this.readComment(behind);
    else if (raw >= 0) this.readRaw(raw);
    else this.openTag(kind === "%" ? "block" : "variable", behind);
  }

  private openTag(mode: "block" | "variable", behind: number): void {
    this.queue.push(this.token(`${mode}-start`, this.str.slice(this.index, behind)));
    this.mode = mode;
    this.index = behind;
  }

  /** Queues the text from `start` to `end` and goes on at `next`. */
  private pushText(start: number, end: number, next: number): void {
    if (end > start) this.queue.push(this.token("data", this.str.slice(start, end)));
    this.advanceTo(next);
  }

  /** Where the text before a tag ends once `-` or `lstrip_blocks` has taken the whitespace before it. */
  private endOfText(start: number, tag: number, sign: string, strippable: boolean): number {
    if (sign === "-") return skipSpacesBack(this.str, tag, start);
    if (sign === "+" || !strippable || !this.lstripBlocks) return tag;
    let end = tag;
    while (end > start && this.str.charCodeAt(end - 1) !== 10 && isSpace(this.str.charCodeAt(end - 1))) end--;
    const beginsLine = end === 0 || this.str.charCodeAt(end - 1) === 10;
    return beginsLine ? end : tag;
  }

  private readComment(from: number): void {
    const end = this.str.indexOf("#}", from);
    // As in Jinja2, one that opens at the very end of the source is let pass.
    if (end < 0 && from < this.len) throw this.error("Missing end of comment tag");
    this.advanceTo(end < 0 ? from : end);
    if (end < 0) return;
    this.closeTag(end + 2, end > from ? signAt(this.str, end - 1) : "");
  }

  private readRaw(from: number): void {
    const source = this.str;
    const end = findEndRaw(source, from);
    if (!end && from < this.len) throw this.error("Missing end of raw directive");
    this.advanceTo(from);
    if (!end) return;
    this.pushText(from, this.endOfText(from, end.start, end.openSign, true), end.start);
    this.closeTag(end.stop, end.closeSign);
  }

  /** Goes on behind a closing delimiter, with the whitespace its sign or `trim_blocks` takes along. */
  private closeTag(behind: number, sign: string): void {
    let next = behind;
    if (sign === "-") next = skipSpaces(this.str, behind);
    else if (sign === "" && this.trimBlocks && this.str.charCodeAt(behind) === 10) next = behind + 1;
    this.advanceTo(next);
  }

  // ---- code inside tags

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
