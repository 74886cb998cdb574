import type {
  ArithmeticOperator,
  ArithmeticStep,
  ComparisonOperator,
  ComparisonStep,
  Expression,
} from "../ast/expressions.ts";
import { PrimaryParser } from "./primary-parser.ts";

const COMPARISONS = new Set(["==", "!=", "<", "<=", ">", ">="]);
const SUMS: ReadonlySet<string> = new Set(["+", "-"]);
const PRODUCTS: ReadonlySet<string> = new Set(["*", "/", "//", "%"]);
const POWERS: ReadonlySet<string> = new Set(["**"]);

/** Jinja2's expression grammar, loosest binding first. */
export class ExpressionParser extends PrimaryParser {
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

  protected override parseOr(): Expression {
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
}
