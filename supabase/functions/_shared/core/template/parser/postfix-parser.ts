import type { Arguments, Expression } from "../ast/expressions.ts";
import type { FilterStep } from "../ast/statements.ts";
import { ArgumentParser } from "./argument-parser.ts";
import type { Token } from "./nunjucks-base.ts";

const NO_ARGUMENTS: Arguments = { positional: [], named: [], spread: null, namedSpread: null };

/** What may stand behind an operand: attributes, subscripts, calls, filters and tests. */
export abstract class PostfixParser extends ArgumentParser {
  abstract parsePrimary(): Expression;
  protected abstract integerValue(token: Token): number | bigint;

  protected parsePostfix(operand: Expression): Expression {
    let expression = operand;
    for (;;) {
      if (this.skipOperator(".")) expression = this.parseAttribute(expression);
      else if (this.isType("left-bracket")) expression = this.parseSubscript(expression);
      else if (this.isType("left-paren")) expression = this.parseCall(expression);
      else return expression;
      this.wrapOperand();
    }
  }

  protected parseFiltersAndTests(operand: Expression): Expression {
    let expression = operand;
    for (;;) {
      if (this.skip("pipe")) {
        const step = this.parseFilterStep();
        expression = { kind: "filter", input: expression, ...step };
      } else if (this.skipSymbol("is")) expression = this.parseTest(expression);
      else if (this.isType("left-paren")) expression = this.parseCall(expression);
      else return expression;
      this.wrapOperand();
    }
  }

  private parseCall(callee: Expression): Expression {
    const { line, column } = callee;
    return { kind: "call", callee, args: this.parseArguments(), line, column };
  }

  private parseAttribute(object: Expression): Expression {
    const token = this.peekToken();
    const place = this.placeOf(token);
    if (token?.type === "symbol") {
      this.nextToken();
      return { kind: "attribute", object, name: token.value, ...place };
    }
    if (token?.type !== "int") return this.failAt(place, "expected name or number");
    this.nextToken();
    const index: Expression = { kind: "integer", value: this.integerValue(token), ...place };
    return { kind: "subscript", object, index, ...place };
  }

  private parseSubscript(object: Expression): Expression {
    const place = this.placeOf(this.need("left-bracket"));
    const items = this.parseIndexes();
    const [only] = items;
    const index: Expression = only && items.length === 1 ? only : { kind: "tuple", items, ...place };
    return { kind: "subscript", object, index, ...place };
  }

  private parseIndexes(): Expression[] {
    const items: Expression[] = [];
    while (!this.isType("right-bracket")) {
      if (items.length > 0) this.need("comma");
      items.push(this.parseIndex());
    }
    this.nextToken();
    return items;
  }

  private parseIndex(): Expression {
    const place = this.here();
    const start = this.isType("colon") ? null : this.parseExpression();
    if (start && !this.isType("colon")) return start;
    this.need("colon");
    const stop = this.parseSlicePart();
    const step = this.skip("colon") ? this.parseSlicePart() : null;
    return { kind: "slice", start, stop, step, ...place };
  }

  private parseSlicePart(): Expression | null {
    const atEnd = this.isType("colon") || this.isType("right-bracket") || this.isType("comma");
    return atEnd ? null : this.parseExpression();
  }

  /** The name of a filter or test, dots included, and its arguments. */
  protected parseFilterStep(): FilterStep {
    const place = this.here();
    const name = this.parseDottedName();
    const args = this.isType("left-paren") ? this.parseArguments() : NO_ARGUMENTS;
    return { name, args, ...place };
  }

  private parseDottedName(): string {
    let name = this.need("symbol").value;
    while (this.skipOperator(".")) name += `.${this.need("symbol").value}`;
    return name;
  }

  private parseTest(input: Expression): Expression {
    const negation = this.here();
    const negated = this.skipSymbol("not");
    const place = this.here();
    const name = this.parseDottedName();
    const args = this.isType("left-paren") ? this.parseArguments() : this.parseBareArgument();
    const test: Expression = { kind: "test", input, name, args, ...place };
    if (!negated) return test;
    this.wrapOperand();
    return { kind: "not", operand: test, ...negation };
  }

  /** A test's single argument may stand without parentheses: `x is divisibleby 3`. */
  private parseBareArgument(): Arguments {
    const token = this.peekToken();
    if (!token || !startsBareArgument(token)) return NO_ARGUMENTS;
    if (this.isSymbol("is")) this.fail("You cannot chain multiple tests with is");
    const argument = this.besideOperand(() => this.parsePostfix(this.parsePrimary()));
    return { ...NO_ARGUMENTS, positional: [argument] };
  }
}

function startsBareArgument(token: Token): boolean {
  switch (token.type) {
    case "symbol":
      return token.value !== "else" && token.value !== "or" && token.value !== "and";
    case "string":
    case "int":
    case "float":
    case "left-bracket":
    case "left-curly":
      return true;
    default:
      return false;
  }
}
