import type { Arguments, Expression, NamedArgument } from "../ast/expressions.ts";
import { TokenReader } from "./token-reader.ts";

/** What a call, filter or test is given between its parentheses. */
export abstract class ArgumentParser extends TokenReader {
  abstract parseExpression(): Expression;

  protected parseArguments(): Arguments {
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
