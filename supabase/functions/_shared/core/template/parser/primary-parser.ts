import type { DictEntry, Expression } from "../ast/expressions.ts";
import type { Token } from "./nunjucks-base.ts";
import { PostfixParser } from "./postfix-parser.ts";
import { describe } from "./token-reader.ts";

// Python refuses to read integers longer than this; so do we, also to bound the work.
const MAX_INTEGER_DIGITS = 4300;

export interface TupleOptions {
  /** False where a conditional expression may not stand bare, as in `for x in … if …`. */
  readonly conditional?: boolean;
  /** Inside parentheses an empty tuple is a value. */
  readonly parenthesized?: boolean;
}

/** Operands as they stand: names, constants, and what is in brackets. */
export abstract class PrimaryParser extends PostfixParser {
  /** An expression that is no bare conditional. */
  protected abstract parseOr(): Expression;

  override parsePrimary(): Expression {
    const token = this.nextToken();
    this.beginOperand();
    if (token?.type === "symbol") return this.nameOrConstant(token);
    if (token?.type === "string") return this.parseString(token);
    const place = this.placeOf(token);
    if (token?.type === "int") return { kind: "integer", value: this.integerValue(token), ...place };
    if (token?.type === "float") return { kind: "float", value: Number(token.value), ...place };
    if (token?.type === "left-paren") return this.parseParenthesized();
    if (token?.type === "left-bracket") return { kind: "list", items: this.parseItems(), ...place };
    if (token?.type === "left-curly") return { kind: "dict", entries: this.parseEntries(), ...place };
    return this.failAt(place, `unexpected '${describe(token)}'`);
  }

  private nameOrConstant(token: Token): Expression {
    const place = this.placeOf(token);
    switch (token.value) {
      case "true":
      case "True":
        return { kind: "boolean", value: true, ...place };
      case "false":
      case "False":
        return { kind: "boolean", value: false, ...place };
      case "none":
      case "None":
        return { kind: "none", ...place };
      default:
        return { kind: "name", name: token.value, ...place };
    }
  }

  /** Strings that stand side by side are one. */
  private parseString(first: Token): Expression {
    const parts = [first.value];
    for (let next = this.peekToken(); next?.type === "string"; next = this.peekToken()) {
      parts.push(next.value);
      this.nextToken();
    }
    return { kind: "string", value: parts.join(""), ...this.placeOf(first) };
  }

  protected override integerValue(token: Token): number | bigint {
    if (token.value.length > MAX_INTEGER_DIGITS) {
      this.failAt(this.placeOf(token), `an integer may have at most ${MAX_INTEGER_DIGITS} digits`);
    }
    const value = BigInt(token.value.toLowerCase());
    return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }

  private parseParenthesized(): Expression {
    const inner = this.parseTuple({ parenthesized: true });
    this.need("right-paren");
    return inner;
  }

  /** One expression, or a tuple of several with commas between and perhaps one at the end. */
  parseTuple(options: TupleOptions = {}): Expression {
    const { conditional = true, parenthesized = false } = options;
    const place = this.here();
    const items: Expression[] = [];
    let comma = false;
    while (!this.atTupleEnd()) {
      items.push(conditional ? this.parseExpression() : this.deepen(() => this.parseOr()));
      if (!this.skip("comma")) break;
      comma = true;
    }
    const [first] = items;
    if (first && !comma) return first;
    if (!first && !parenthesized) this.fail(`Expected an expression, got '${describe(this.peekToken())}'`);
    return { kind: "tuple", items, ...place };
  }

  protected atTupleEnd(): boolean {
    return this.isType("variable-end") || this.isType("block-end") || this.isType("right-paren");
  }

  private parseItems(): Expression[] {
    const items: Expression[] = [];
    while (!this.isType("right-bracket")) {
      if (items.length > 0) this.need("comma");
      if (this.isType("right-bracket")) break;
      items.push(this.parseExpression());
    }
    this.nextToken();
    return items;
  }

  private parseEntries(): DictEntry[] {
    const entries: DictEntry[] = [];
    while (!this.isType("right-curly")) {
      if (entries.length > 0) this.need("comma");
      if (this.isType("right-curly")) break;
      const key = this.parseExpression();
      this.need("colon");
      entries.push({ key, value: this.parseExpression() });
    }
    this.nextToken();
    return entries;
  }
}
