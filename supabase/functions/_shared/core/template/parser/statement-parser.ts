import type { Expression, Position } from "../ast/expressions.ts";
import type { Body, Statement } from "../ast/statements.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { skipSpaces } from "../text/whitespace.ts";
import { CompositionParser } from "./composition-parser.ts";

const TAGS =
  "autoescape block break call continue do extends filter for from if import include macro print raw set with".split(
    " ",
  );

/** Statements of Jinja2 that only exist with one of its bundled extensions. */
export type Extension = "do" | "loopcontrols";
const EXTENSION_OF: Partial<Record<string, Extension>> = {
  do: "do",
  break: "loopcontrols",
  continue: "loopcontrols",
};

/** Jinja2's statement grammar: the walk over text, output and tags. */
export class StatementParser extends CompositionParser {
  private readonly openTags: string[] = [];
  extensionNames: readonly string[] = [];

  /** nunjucks calls this for the root and, through `parseUntilBlocks`, for every body. */
  parseNodes(): Statement[] {
    const statements: Statement[] = [];
    for (let token = this.nextToken(); token; token = this.nextToken()) {
      if (token.type === "data") {
        statements.push({ kind: "text", value: token.value, ...this.placeOf(token) });
      } else if (token.type === "variable-start") {
        statements.push({ kind: "output", expression: this.parseTuple(), ...this.placeOf(token) });
        this.need("variable-end");
      } else {
        if (this.atBodyEnd()) return statements;
        statements.push(...this.parseTag());
        this.need("block-end");
      }
    }
    if (this.breakOnBlocks) this.failOpen("Unexpected end of template.");
    return statements;
  }

  private atBodyEnd(): boolean {
    const token = this.peekToken();
    return token?.type === "symbol" && this.breakOnBlocks?.includes(token.value) === true;
  }

  private parseTag(): readonly Statement[] {
    const token = this.peekToken();
    if (token?.type !== "symbol") return this.fail("tag name expected");
    const place = this.here();
    this.openTags.push(token.value);
    const statements = this.deepen(() => this.parseNamedTag(token.value, place));
    this.openTags.pop();
    return statements;
  }

  private parseNamedTag(name: string, place: Position): readonly Statement[] {
    const extension = EXTENSION_OF[name];
    if (extension && !this.extensionNames.includes(extension)) return this.failUnknownTag(name, place);
    switch (name) {
      case "print":
        return this.parsePrint(place);
      case "do":
        this.nextToken();
        return [{ kind: "do", expression: this.parseTuple(), ...place }];
      case "break":
      case "continue":
        this.nextToken();
        return [{ kind: name, ...place }];
      default:
        return [this.parseBlockTag(name, place) ?? this.failUnknownTag(name, place)];
    }
  }

  private parseBlockTag(name: string, place: Position): Statement | null {
    switch (name) {
      case "if":
        return this.parseIf(place);
      case "for":
        return this.parseFor(place);
      case "set":
        return this.parseSet(place);
      case "with":
        return this.parseWith(place);
      case "macro":
        return this.parseMacro(place);
      case "call":
        return this.parseCallBlock(place);
      case "filter":
        return this.parseFilterBlock(place);
      case "autoescape":
        return this.parseAutoescape(place);
      case "block":
        return this.parseBlock(place);
      case "extends":
        this.nextToken();
        return { kind: "extends", template: this.parseExpression(), ...place };
      case "include":
        return this.parseIncludeTag(place);
      case "import":
        return this.parseImportTag(place);
      case "from":
        return this.parseFromTag(place);
      default:
        return null;
    }
  }

  private parsePrint(place: Position): Statement[] {
    this.nextToken();
    const outputs: Statement[] = [];
    while (!this.isType("block-end")) {
      if (outputs.length > 0) this.need("comma");
      const expression: Expression = this.parseExpression();
      outputs.push({ kind: "output", expression, ...place });
    }
    return outputs;
  }

  private parseBlock(place: Position): Statement {
    this.nextToken();
    const name = this.need("symbol").value;
    const scoped = this.skipSymbol("scoped");
    const required = this.skipSymbol("required");
    if (this.isOperator("-")) this.fail("Block names may not contain hyphens; use an underscore instead.");
    const body = this.parseBody("endblock");
    this.nextToken();
    if (required && !body.every(isBlank)) {
      this.failAt(place, "Required blocks can only contain comments or whitespace");
    }
    this.skipSymbol(name);
    return { kind: "block", name, scoped, required, body, ...place };
  }

  /** The body up to one of the tags `ends`, whose name is left as the next token. */
  protected override parseBody(...ends: string[]): Body {
    // A colon behind the tag is allowed, as in Python.
    this.skip("colon");
    this.need("block-end");
    return this.parseUntilBlocks(...ends).children as Body;
  }

  private failUnknownTag(name: string, place: Position): never {
    const hint = didYouMean(name, [...(this.breakOnBlocks ?? []), ...TAGS]);
    return this.failOpen(`Encountered unknown tag '${name}'.`, place, hint);
  }

  private failOpen(message: string, place: Position = this.here(), hint?: string): never {
    const ends = (this.breakOnBlocks ?? []).map((end) => `'${end}'`).join(" or ");
    const parts = [message];
    if (ends !== "") parts.push(`Jinja was looking for the following tags: ${ends}.`);
    const open = this.openTags.at(-1 - (message.startsWith("Encountered") ? 1 : 0));
    if (open !== undefined) parts.push(`The innermost block that needs to be closed is '${open}'.`);
    return this.failAt(place, parts.join(" "), hint);
  }
}

function isBlank(statement: Statement): boolean {
  return statement.kind === "text" && skipSpaces(statement.value, 0) === statement.value.length;
}
