import type { Position } from "../ast/expressions.ts";
import { codeFrame, TemplateError } from "../template-error.ts";
import type { JinjaTokenizer } from "./jinja-tokenizer.ts";
import { NunjucksParser, type Token, type TokenType } from "./nunjucks-base.ts";
import { OPERATORS } from "./scan-code.ts";

/** Deepest nesting of statements, brackets, calls, filters and so on, counted together. */
const MAX_NESTING = 100;

const DESCRIPTIONS: Partial<Record<TokenType, string>> = {
  "block-start": "begin of statement block",
  "block-end": "end of statement block",
  "variable-start": "begin of print statement",
  "variable-end": "end of print statement",
  data: "template data",
  symbol: "name",
  int: "integer",
  ...OPERATORS,
};

/** nunjucks' parser plumbing with what Jinja2's grammar needs beside it, and the bound on nesting. */
export class TokenReader extends NunjucksParser {
  protected readonly tokenizer: JinjaTokenizer;
  private depth = 0;
  /** Height of the tallest expression seen since the innermost `deepen` began. */
  private height = 0;
  /** Height of the operand being read; each attribute, call, filter… wrapped around it adds one. */
  private operandHeight = 0;

  constructor(tokenizer: JinjaTokenizer) {
    super(tokenizer);
    this.tokenizer = tokenizer;
  }

  override error(message: string, line?: number, column?: number): Error {
    const token = this.peekToken();
    const place = { line: line ?? this.lineOf(token), column: column ?? this.columnOf(token) };
    return this.errorAt(place, message);
  }

  /** @throws TemplateError a syntax error at a place, by default where the next token begins. */
  protected failAt(place: Position, message: string, hint?: string): never {
    throw this.errorAt(place, message, hint);
  }

  private errorAt(place: Position, message: string, hint?: string): TemplateError {
    const { line, column } = place;
    const frame = codeFrame(this.tokenizer.str, line, column);
    return new TemplateError({ code: "syntax_error", message, line, column, frame, hint });
  }

  private lineOf(token: Token | null): number {
    return (token?.lineno ?? this.tokenizer.lineno) + 1;
  }

  private columnOf(token: Token | null): number {
    return token ? token.colno + 1 : this.tokenizer.column;
  }

  /** Where the next token begins. */
  protected here(): Position {
    return this.placeOf(this.peekToken());
  }

  protected placeOf(token: Token | null): Position {
    return { line: this.lineOf(token), column: this.columnOf(token) };
  }

  protected isType(type: TokenType): boolean {
    return this.peekToken()?.type === type;
  }

  protected isSymbol(name: string): boolean {
    const token = this.peekToken();
    return token?.type === "symbol" && token.value === name;
  }

  protected isOperator(operator: string): boolean {
    const token = this.peekToken();
    return token?.type === "operator" && token.value === operator;
  }

  protected skipOperator(operator: string): boolean {
    return this.skipValue("operator", operator);
  }

  /** The token behind the one `peekToken` answers. */
  protected peekSecond(): Token | null {
    this.peekToken();
    return this.tokenizer.lookAhead();
  }

  protected need(type: TokenType): Token {
    const token = this.peekToken();
    if (token?.type !== type)
      this.fail(`expected token '${DESCRIPTIONS[type] ?? type}', got '${describe(token)}'`);
    this.nextToken();
    return token;
  }

  protected needSymbol(name: string): void {
    if (!this.skipSymbol(name)) this.fail(`expected token '${name}', got '${describe(this.peekToken())}'`);
  }

  protected needOperator(operator: string): void {
    if (!this.skipOperator(operator))
      this.fail(`expected token '${operator}', got '${describe(this.peekToken())}'`);
  }

  /** Runs `parse` one level deeper. Nothing that the template can repeat recurses without this. */
  protected deepen<T>(parse: () => T): T {
    const { height, operandHeight } = this;
    this.height = 0;
    this.operandHeight = 0;
    if (++this.depth > MAX_NESTING) this.failNesting();
    const result = parse();
    this.depth--;
    this.operandHeight = Math.max(operandHeight, this.height + 1);
    this.height = height;
    this.noteHeight(this.operandHeight);
    return result;
  }

  /** An operand without anything inside it begins. */
  protected beginOperand(): void {
    this.operandHeight = 0;
  }

  /** Something was wrapped around the operand just read. */
  protected wrapOperand(): void {
    this.noteHeight(++this.operandHeight);
  }

  /** Reads a second operand that hangs below the current one, as a test's argument does. */
  protected besideOperand<T>(parse: () => T): T {
    const { operandHeight } = this;
    const result = parse();
    this.operandHeight = Math.max(operandHeight, this.operandHeight);
    return result;
  }

  private noteHeight(height: number): void {
    if (height > MAX_NESTING) this.failNesting();
    if (height > this.height) this.height = height;
  }

  private failNesting(): never {
    const { line, column } = this.here();
    const frame = codeFrame(this.tokenizer.str, line, column);
    const message = `The template nests deeper than ${MAX_NESTING} levels.`;
    throw new TemplateError({ code: "budget_exceeded", budget: "nesting", message, line, column, frame });
  }
}

/** A token in words, as Jinja2's messages put it. */
export function describe(token: Token | null): string {
  if (!token) return "end of template";
  return token.type === "symbol" || token.type === "operator"
    ? token.value
    : (DESCRIPTIONS[token.type] ?? token.type);
}
