import type {
  Arguments,
  ArithmeticOperator,
  ArithmeticStep,
  ComparisonOperator,
  ComparisonStep,
  DictEntry,
  Expression,
  NamedArgument,
} from "../ast.ts";
import type { Token } from "./nunjucks-base.ts";
import { PostfixParser } from "./postfix-parser.ts";
import { describe } from "./token-reader.ts";

const COMPARISONS = new Set(["==", "!=", "<", "<=", ">", ">="]);
const SUMS: ReadonlySet<string> = new Set(["+", "-"]);
const PRODUCTS: ReadonlySet<string> = new Set(["*", "/", "//", "%"]);
const POWERS: ReadonlySet<string> = new Set(["**"]);
// Python refuses to read integers longer than this; so do we, also to bound the work.
const MAX_INTEGER_DIGITS = 4300;

export interface TupleOptions {
  /** False where a conditional expression may not stand bare, as in `for x in … if …`. */
  readonly conditional?: boolean;
  /** A name that ends the tuple beside the usual closers. */
  readonly until?: string;
  /** Inside parentheses an empty tuple is a value. */
  readonly parenthesized?: boolean;
}

/** Jinja2's expression grammar, loosest binding first. */
export class ExpressionParser extends PostfixParser {
  override parseExpression(): Expression {
    return this.deepen(() => this.parseConditional());
  }

  private parseConditional(): Expression {
    let expression = this.parseOr();
    while (this.isSymbol("if")) {
      const place = this.here();
      this.nextToken();
      const condition = this.parseOr();
      const whenFalse = this.skipSymbol("else") ? this.deepen(() => this.parseConditional()) : null;
      this.wrapOperand();
      expression = { kind: "conditional", condition, whenTrue: expression, whenFalse, ...place };
    }
    return expression;
  }

  private parseOr(): Expression {
    return this.parseLogical("or", () => this.parseAnd());
  }

  private parseAnd(): Expression {
    return this.parseLogical("and", () => this.parseNot());
  }

  private parseLogical(operator: "and" | "or", parseOperand: () => Expression): Expression {
    const place = this.here();
    const first = parseOperand();
    if (!this.isSymbol(operator)) return first;
    const operands = [first];
    while (this.skipSymbol(operator)) operands.push(parseOperand());
    return { kind: "logical", operator, operands, ...place };
  }

  private parseNot(): Expression {
    if (!this.isSymbol("not")) return this.parseComparison();
    const place = this.here();
    this.nextToken();
    return { kind: "not", operand: this.deepen(() => this.parseNot()), ...place };
  }

  private parseComparison(): Expression {
    const place = this.here();
    const first = this.parseSum();
    const rest: ComparisonStep[] = [];
    for (;;) {
      const step = this.here();
      const operator = this.readComparison();
      if (!operator) break;
      rest.push({ operator, operand: this.parseSum(), ...step });
    }
    return rest.length === 0 ? first : { kind: "comparison", first, rest, ...place };
  }

  private readComparison(): ComparisonOperator | null {
    const token = this.peekToken();
    if (token?.type === "operator" && COMPARISONS.has(token.value)) {
      this.nextToken();
      return token.value as ComparisonOperator;
    }
    if (this.skipSymbol("in")) return "in";
    if (!this.isSymbol("not")) return null;
    const second = this.peekSecond();
    if (second?.type !== "symbol" || second.value !== "in") return null;
    this.nextToken();
    this.nextToken();
    return "not in";
  }

  private parseSum(): Expression {
    return this.parseArithmetic(SUMS, () => this.parseConcat());
  }

  private parseConcat(): Expression {
    const place = this.here();
    const first = this.parseProduct();
    if (!this.isType("tilde")) return first;
    const parts = [first];
    while (this.skip("tilde")) parts.push(this.parseProduct());
    return { kind: "concat", parts, ...place };
  }

  private parseProduct(): Expression {
    return this.parseArithmetic(PRODUCTS, () => this.parsePower());
  }

  /** In Jinja2, unlike in Python, `**` applies from left to right as the others do. */
  private parsePower(): Expression {
    return this.parseArithmetic(POWERS, () => this.parseUnary());
  }

  private parseArithmetic(operators: ReadonlySet<string>, parseOperand: () => Expression): Expression {
    const place = this.here();
    const first = parseOperand();
    const rest: ArithmeticStep[] = [];
    for (;;) {
      const token = this.peekToken();
      if (token?.type !== "operator" || !operators.has(token.value)) break;
      this.nextToken();
      rest.push({
        operator: token.value as ArithmeticOperator,
        operand: parseOperand(),
        ...this.placeOf(token),
      });
    }
    return rest.length === 0 ? first : { kind: "arithmetic", first, rest, ...place };
  }

  /** Below a sign filters wait: `-x|abs` is `(-x)|abs`. */
  private parseUnary(filters = true): Expression {
    const token = this.peekToken();
    let expression: Expression;
    if (token?.type === "operator" && (token.value === "-" || token.value === "+")) {
      this.nextToken();
      const operand = this.deepen(() => this.parseUnary(false));
      expression = { kind: "unary", operator: token.value, operand, ...this.placeOf(token) };
    } else expression = this.parsePrimary();
    expression = this.parsePostfix(expression);
    return filters ? this.parseFiltersAndTests(expression) : expression;
  }

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
    const { conditional = true, until, parenthesized = false } = options;
    const place = this.here();
    const items: Expression[] = [];
    let comma = false;
    while (!this.atTupleEnd(until)) {
      items.push(conditional ? this.parseExpression() : this.deepen(() => this.parseOr()));
      if (!this.skip("comma")) break;
      comma = true;
    }
    const [first] = items;
    if (first && !comma) return first;
    if (!first && !parenthesized) this.fail(`Expected an expression, got '${describe(this.peekToken())}'`);
    return { kind: "tuple", items, ...place };
  }

  protected atTupleEnd(until?: string): boolean {
    const token = this.peekToken();
    if (token?.type === "symbol") return token.value === until;
    return token?.type === "variable-end" || token?.type === "block-end" || token?.type === "right-paren";
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

  override parseArguments(): Arguments {
    const positional: Expression[] = [];
    const named: NamedArgument[] = [];
    let spread: Expression | null = null;
    let namedSpread: Expression | null = null;
    const open = this.placeOf(this.need("left-paren"));
    const ensure = (valid: boolean) => {
      if (!valid) this.failAt(open, "invalid syntax for function call expression");
    };
    for (let first = true; !this.isType("right-paren"); first = false) {
      if (!first) this.need("comma");
      if (this.isType("right-paren")) break;
      if (this.skipOperator("*")) {
        ensure(!spread && !namedSpread);
        spread = this.parseExpression();
      } else if (this.skipOperator("**")) {
        ensure(!namedSpread);
        namedSpread = this.parseExpression();
      } else if (this.startsNamedArgument()) {
        ensure(!namedSpread);
        named.push(this.parseNamedArgument(named));
      } else {
        ensure(!spread && !namedSpread && named.length === 0);
        positional.push(this.parseExpression());
      }
    }
    this.nextToken();
    return { positional, named, spread, namedSpread };
  }

  private startsNamedArgument(): boolean {
    if (!this.isType("symbol")) return false;
    const second = this.peekSecond();
    return second?.type === "operator" && second.value === "=";
  }

  private parseNamedArgument(before: readonly NamedArgument[]): NamedArgument {
    const token = this.need("symbol");
    const place = this.placeOf(token);
    if (before.some((argument) => argument.name === token.value)) {
      this.failAt(place, `keyword argument repeated: ${token.value}`);
    }
    this.nextToken();
    return { name: token.value, value: this.parseExpression(), ...place };
  }
}
