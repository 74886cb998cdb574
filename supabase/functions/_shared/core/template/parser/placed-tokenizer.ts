import { codeFrame, TemplateError } from "../template-error.ts";
import { NunjucksTokenizer, type Token, type TokenType } from "./nunjucks-base.ts";

/** nunjucks' tokenizer, knowing line and column of where it is: each character is looked at once for that. */
export abstract class PlacedTokenizer extends NunjucksTokenizer {
  private lineStart = 0;
  /** Where the current line ends. Looked for once per line: lines can be as long as templates. */
  private lineEnd = -1;

  /** Column of the current place, from 1. */
  get column(): number {
    return this.index - this.lineStart + 1;
  }

  /** A syntax error at the current place. */
  protected error(message: string, hint?: string): TemplateError {
    const place = { line: this.lineno + 1, column: this.column };
    const frame = codeFrame(this.str, place.line, place.column);
    return new TemplateError({ code: "syntax_error", message, ...place, frame, hint });
  }

  protected token(type: TokenType, value: string): Token {
    return { type, value, lineno: this.lineno, colno: this.index - this.lineStart };
  }

  protected advanceTo(end: number): void {
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
}
