import type { Expression, Position } from "../ast/expressions.ts";
import type {
  Binding,
  Body,
  FilterStep,
  IfBranch,
  NameTarget,
  Parameter,
  Statement,
  Target,
} from "../ast/statements.ts";
import { ExpressionParser } from "./expression-parser.ts";

const CONSTANTS: ReadonlySet<string> = new Set(["true", "True", "false", "False", "none", "None"]);

/** The tags that have a body: each method reads from the tag's name to before its final `%}`. */
export abstract class BlockTagParser extends ExpressionParser {
  protected abstract parseBody(...ends: string[]): Body;

  /** A body that only one tag can end, and that tag. */
  private parseLastBody(end: string): Body {
    const body = this.parseBody(end);
    this.nextToken();
    return body;
  }

  protected parseIf(place: Position): Statement {
    const branches: IfBranch[] = [];
    do {
      this.nextToken();
      const condition = this.parseTuple({ conditional: false });
      branches.push({ condition, body: this.parseBody("elif", "else", "endif") });
    } while (this.isSymbol("elif"));
    const otherwise = this.skipSymbol("else") ? this.parseBody("endif") : [];
    this.needSymbol("endif");
    return { kind: "if", branches, otherwise, ...place };
  }

  protected parseFor(place: Position): Statement {
    this.nextToken();
    const target = this.parseTarget();
    this.needSymbol("in");
    const iterable = this.parseTuple({ conditional: false });
    const condition = this.skipSymbol("if") ? this.parseExpression() : null;
    const recursive = this.skipSymbol("recursive");
    const body = this.parseBody("endfor", "else");
    const otherwise = this.skipSymbol("else") ? this.parseBody("endfor") : [];
    this.needSymbol("endfor");
    return { kind: "for", target, iterable, recursive, body, otherwise, condition, ...place };
  }

  protected parseSet(place: Position): Statement {
    this.nextToken();
    const target = this.parseTarget(true);
    if (this.skipOperator("=")) return { kind: "set", target, value: this.parseTuple(), ...place };
    const filters = this.parseFilterSteps();
    return { kind: "set_block", target, filters, body: this.parseLastBody("endset"), ...place };
  }

  protected parseWith(place: Position): Statement {
    this.nextToken();
    const bindings: Binding[] = [];
    while (!this.isType("block-end") && !this.isType("colon")) {
      if (bindings.length > 0) this.need("comma");
      const target = this.parseTarget();
      this.needOperator("=");
      bindings.push({ target, value: this.parseExpression() });
    }
    return { kind: "with", bindings, body: this.parseLastBody("endwith"), ...place };
  }

  protected parseMacro(place: Position): Statement {
    this.nextToken();
    const { name } = this.parseNameTarget();
    const parameters = this.parseParameters();
    return { kind: "macro", name, parameters, body: this.parseLastBody("endmacro"), ...place };
  }

  protected parseCallBlock(place: Position): Statement {
    this.nextToken();
    const parameters = this.isType("left-paren") ? this.parseParameters() : [];
    const call = this.parseExpression();
    if (call.kind !== "call") return this.failAt(place, "expected call");
    return { kind: "call_block", call, parameters, body: this.parseLastBody("endcall"), ...place };
  }

  protected parseFilterBlock(place: Position): Statement {
    this.nextToken();
    const filters = [this.parseFilterStep(), ...this.parseFilterSteps()];
    return { kind: "filter_block", body: this.parseLastBody("endfilter"), filters, ...place };
  }

  protected parseAutoescape(place: Position): Statement {
    this.nextToken();
    const enabled = this.parseExpression();
    return { kind: "autoescape", enabled, body: this.parseLastBody("endautoescape"), ...place };
  }

  private parseFilterSteps(): FilterStep[] {
    const filters: FilterStep[] = [];
    while (this.skip("pipe")) {
      filters.push(this.parseFilterStep());
      this.wrapOperand();
    }
    return filters;
  }

  private parseParameters(): Parameter[] {
    const parameters: Parameter[] = [];
    this.need("left-paren");
    while (!this.isType("right-paren")) {
      if (parameters.length > 0) this.need("comma");
      parameters.push(this.parseParameter(parameters));
    }
    this.nextToken();
    return parameters;
  }

  private parseParameter(before: readonly Parameter[]): Parameter {
    const target = this.parseNameTarget();
    const { name, line, column } = target;
    if (before.some((parameter) => parameter.name === name)) {
      this.failAt(target, `duplicate parameter '${name}' in the definition of a macro or call block`);
    }
    if (this.skipOperator("=")) return { name, default: this.parseExpression(), line, column };
    if (before.some((parameter) => parameter.default)) {
      this.failAt(target, "non-default argument follows default argument");
    }
    return { name, default: null, line, column };
  }

  protected parseNameTarget(): NameTarget {
    const token = this.need("symbol");
    return this.nameTarget(token.value, this.placeOf(token));
  }

  private nameTarget(name: string, place: Position): NameTarget {
    if (CONSTANTS.has(name)) this.failAt(place, `can't assign to '${name}'`);
    return { kind: "name", name, ...place };
  }

  /** What is assigned to: a name, names with commas between, or (in `set`) `namespace.attribute`. */
  private parseTarget(namespaces = false): Target {
    const place = this.here();
    const items: Target[] = [];
    let comma = false;
    while (!this.atTupleEnd()) {
      items.push(this.parseTargetItem(namespaces));
      if (!this.skip("comma")) break;
      comma = true;
    }
    const [first] = items;
    if (first && !comma) return first;
    if (!first) this.fail("Expected a name to assign to");
    return { kind: "tuple", items, ...place };
  }

  private parseTargetItem(namespaces: boolean): Target {
    const place = this.here();
    const primary = this.parsePrimary();
    if (primary.kind === "name" && namespaces && this.skipOperator(".")) {
      return { kind: "namespace", name: primary.name, attribute: this.need("symbol").value, ...place };
    }
    return this.asTarget(primary);
  }

  private asTarget(expression: Expression): Target {
    const { line, column } = expression;
    if (expression.kind === "name") return this.nameTarget(expression.name, expression);
    if (expression.kind !== "tuple") {
      return this.failAt(expression, `can't assign to '${expression.kind}'`);
    }
    return { kind: "tuple", items: expression.items.map((item) => this.asTarget(item)), line, column };
  }
}
