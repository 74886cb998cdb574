import lexerModule from "nunjucks/src/lexer.js";
import parserModule from "nunjucks/src/parser.js";

/** The token types of nunjucks' lexer that Jinja2's grammar has a use for. */
export type TokenType =
  | "data"
  | "block-start"
  | "block-end"
  | "variable-start"
  | "variable-end"
  | "string"
  | "int"
  | "float"
  | "symbol"
  | "operator"
  | "left-paren"
  | "right-paren"
  | "left-bracket"
  | "right-bracket"
  | "left-curly"
  | "right-curly"
  | "comma"
  | "colon"
  | "tilde"
  | "pipe";

/** nunjucks' token; its line and column count from 0. */
export interface Token {
  readonly type: TokenType;
  readonly value: string;
  readonly lineno: number;
  readonly colno: number;
}

export interface TokenizerOptions {
  readonly trimBlocks?: boolean;
  readonly lstripBlocks?: boolean;
}

/** What of nunjucks' `Tokenizer` a subclass builds on. */
export interface NunjucksTokenizer {
  readonly str: string;
  readonly len: number;
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
  index: number;
  lineno: number;
  nextToken(): Token | null;
}

/** What of nunjucks' `Parser` a subclass builds on: its token plumbing and its walk over blocks. */
export interface NunjucksParser {
  peeked: Token | null;
  breakOnBlocks: readonly string[] | null;
  nextToken(): Token | null;
  peekToken(): Token | null;
  skip(type: TokenType): boolean;
  skipValue(type: TokenType, value: string): boolean;
  skipSymbol(name: string): boolean;
  error(message: string, line?: number, column?: number): Error;
  fail(message: string, line?: number, column?: number): never;
  /** Parses until a tag of one of these names, which is left to be read next. */
  parseUntilBlocks(...names: string[]): NunjucksNodeList;
  parseAsRoot(): NunjucksNodeList;
}

/** nunjucks wraps the results of `parseNodes` in its `NodeList`. */
export interface NunjucksNodeList {
  readonly children: readonly unknown[];
}

type TokenizerClass = new (source: string, options: TokenizerOptions) => NunjucksTokenizer;
type ParserClass = new (tokens: NunjucksTokenizer) => NunjucksParser;

const { lex } = lexerModule as { lex(source: string): NunjucksTokenizer };

/** nunjucks exports its lexer only through `lex()`, so the class is taken from an instance. */
export const NunjucksTokenizer = lex("").constructor as TokenizerClass;
export const { Parser: NunjucksParser } = parserModule as { Parser: ParserClass };
